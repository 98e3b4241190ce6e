using System.Globalization;

namespace SafeConsole.Runners.Processes;

/// <summary>Processor time from /proc.</summary>
internal static class ProcessTimes
{
    // USER_HZ, in which proc_pid_stat(5) counts; 100 on every Linux that .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>
    /// What a process and its living descendants have used, with what those had used that ended and were waited for. Never falls while orphans come
    /// to the process itself, as they do to a PID 1.
    /// </summary>
    public static TimeSpan OfFamily(int process) => TimeSpan.FromSeconds(ProcessFamily.Of(process).Sum(Ticks) / (double)TicksPerSecond);

    private static long Ticks(int process)
    {
        try
        {
            // pid (name) state …: utime, stime, cutime and cstime are fields 14 to 17; the name may contain blanks and parentheses.
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
