using System.Globalization;

namespace SafeConsole.Agent.Reports;

/// <summary>What all processes that the runner shows have used and hold, from /proc.</summary>
internal static class ProcessTotals
{
    // USER_HZ, in which proc_pid_stat(5) counts.
    private const double TicksPerSecond = 100;

    /// <summary>
    /// Processor time in seconds since the start, that of ended children included, and memory in bytes that no file backs. Pages that two processes share
    /// after a fork are counted twice.
    /// </summary>
    public static (double Processor, long Memory) Read()
    {
        var (ticks, kilobytes) = (0L, 0L);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(folder)[0]))
                continue;
            try
            {
                // pid (name) state …: utime, stime, cutime and cstime are fields 14 to 17; the name may contain blanks and parentheses.
                var stat = File.ReadAllText(Path.Combine(folder, "stat"));
                ticks += stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
                kilobytes += File.ReadLines(Path.Combine(folder, "status")).Sum(Held);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked.
            }
        }

        return (ticks / TicksPerSecond, kilobytes * 1024);
    }

    private static long Held(string line) =>
        line.StartsWith("RssAnon:", StringComparison.Ordinal) || line.StartsWith("RssShmem:", StringComparison.Ordinal)
            ? long.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim(" \tkB"), CultureInfo.InvariantCulture)
            : 0;
}
