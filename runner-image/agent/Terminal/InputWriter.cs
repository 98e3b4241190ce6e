namespace SafeConsole.Agent.Terminal;

/// <summary>
/// Writes what was typed into the terminal. A REPL that does not read is waited for, but not for ever: after ten seconds without
/// progress the rest is dropped and the bell rings (as the kernel does when a line is too long), and so at once with what follows until
/// something gets through whole: a stop that comes behind it must be heard.
/// </summary>
internal sealed class InputWriter(Pty pty, Func<ValueTask> ringBell)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The kernel does not always wake who waits for room in a terminal, so look again by ourselves.
    private const int LookAgainMilliseconds = 20;

    private bool stuck;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var deadline = Deadline();
        while (bytes.Length > 0)
        {
            var count = pty.Write(bytes.Span);
            if (count < 0)
                return;
            bytes = bytes[count..];
            if (count > 0)
                deadline = Deadline();
            else if (stuck || Environment.TickCount64 > deadline)
                break;
            else
                pty.WaitToWrite(LookAgainMilliseconds);
        }
        stuck = bytes.Length > 0;
        if (stuck)
            await ringBell();
    }

    private static long Deadline() => Environment.TickCount64 + (long)Patience.TotalMilliseconds;
}
