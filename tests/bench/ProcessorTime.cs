using System.Globalization;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>What a gateway took of the processors since it started: user and system time of all its threads (proc_pid_stat(5)).</summary>
public sealed class ProcessorTime(RunningGateway gateway)
{
    // USER_HZ, which Linux fixes for what it shows to programs.
    private const double TicksPerSecond = 100;

    /// <summary>Microseconds.</summary>
    public double Microseconds
    {
        get
        {
            // The name of the program, in parentheses, may hold spaces.
            var stat = File.ReadAllText($"/proc/{gateway.ProcessId}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[11..13].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture)) / TicksPerSecond * 1_000_000;
        }
    }
}
