namespace SafeConsole.Runners.Processes;

/// <summary>Reads a stream to its end, line by line, into a runner's log. A line that never ends is cut into pieces of 4,000 characters.</summary>
internal static class StandardErrorLog
{
    private const int LongestLine = 4000;

    /// <summary>Completes at the end of the stream. Never faults.</summary>
    public static async Task ReadAsync(TextReader reader, RunnerLog log, string source)
    {
        var buffer = new char[LongestLine];
        var filled = 0;
        try
        {
            int length;
            while ((length = await reader.ReadAsync(buffer.AsMemory(filled))) > 0)
            {
                filled += length;
                var rest = AddLines(buffer.AsSpan(0, filled), log, source);
                if (rest == LongestLine)
                {
                    log.Add(source, new string(buffer));
                    rest = 0;
                }
                buffer.AsSpan(filled - rest, rest).CopyTo(buffer);
                filled = rest;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The process is gone; what was read stands.
        }
        log.Add(source, new string(buffer, 0, filled));
    }

    private static int AddLines(ReadOnlySpan<char> text, RunnerLog log, string source)
    {
        for (int end; (end = text.IndexOf('\n')) >= 0; text = text[(end + 1)..])
            log.Add(source, text[..end].ToString());
        return text.Length;
    }
}
