namespace SafeConsole.Gateway.Console;

/// <summary>Input that is not taken. The message is one sentence for the one who typed.</summary>
public sealed class InputRefusedException(string message) : Exception(message);
