namespace SafeConsole.Agent.Terminal;

/// <summary>
/// Writes what was typed into the terminal. A REPL that does not read is waited for, but not for ever: after ten seconds without
/// progress the rest is dropped and the bell rings (as the kernel does when a line is too long), and so at once with what follows until
/// something gets through whole: a stop that comes behind it must be heard.
/// </summary>
internal sealed class InputWriter(Pty pty, Func<ValueTask> ringBell)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private bool stuck;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var count = pty.Write(bytes.Span);
            if (count < 0)
                return;
            if (count == 0 && !pty.WaitToWrite(stuck ? 0 : (int)Patience.TotalMilliseconds))
            {
                stuck = true;
                await ringBell();
                return;
            }
            bytes = bytes[count..];
        }
        stuck = false;
    }
}
