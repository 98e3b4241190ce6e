namespace SafeConsole.Agent.Native;

/// <summary>Signal numbers on Linux (signal(7)).</summary>
internal static class Signal
{
    public const int HangUp = 1;
    public const int Kill = 9;
}
