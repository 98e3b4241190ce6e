namespace SafeConsole.Runners.Frames;

/// <summary>The first byte of each message of the terminal link; the agent has its own copy of this list.</summary>
internal enum FrameKind : byte
{
    Hello = (byte)'H',
    Output = (byte)'O',
    Echo = (byte)'E',
    Exit = (byte)'X',
    Failure = (byte)'F',
    Usage = (byte)'U',
    Log = (byte)'L',
    Start = (byte)'S',
    Input = (byte)'I',
    Resize = (byte)'R',
    Stop = (byte)'K',
}
