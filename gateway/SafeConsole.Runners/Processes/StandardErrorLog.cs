namespace SafeConsole.Runners.Processes;

/// <summary>Reads a process's stream to its end into a runner's log, as <see cref="OutputLines"/> makes lines of it.</summary>
internal static class StandardErrorLog
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>Completes at the end of the stream. Never faults.</summary>
    public static async Task ReadAsync(Stream stream, RunnerLog log, string source)
    {
        var lines = new OutputLines(line => log.Add(source, line));
        var buffer = new byte[BufferBytes];
        try
        {
            while (await stream.ReadAsync(buffer) is > 0 and var length)
                lines.Add(buffer.AsSpan(0, length));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone; what was read stands.
        }
        lines.End();
    }
}
