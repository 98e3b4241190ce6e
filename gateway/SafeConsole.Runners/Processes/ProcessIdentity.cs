using System.Globalization;

namespace SafeConsole.Runners.Processes;

/// <summary>
/// One process for certain: its number, and the moment it started (field 22 of /proc/PID/stat, clock ticks since boot), for numbers are
/// used again.
/// </summary>
internal sealed record ProcessIdentity(int Id, ulong StartTime)
{
    // Fields 20 and 22 of proc(5), counted from the third.
    private const int ThreadCount = 17;
    private const int Start = 19;

    /// <summary>The process that has this number now; null if there is none.</summary>
    public static ProcessIdentity? Of(int id) => ReadStat(id) is { } stat ? new ProcessIdentity(id, stat.StartTime) : null;

    /// <summary>True while any thread of it runs. A PID 1 that is not alive has outlived everything in its namespace.</summary>
    public bool IsAlive => State is ProcessState.Running or ProcessState.Stopped;

    /// <summary>What it does now.</summary>
    public ProcessState State => ReadStat(Id) is { } stat && stat.StartTime == StartTime ? stat.State : ProcessState.Ended;

    /// <summary>Sends SIGKILL to it and never to another that has got its number. False when it was gone.</summary>
    public bool Kill() => Signal(descriptor => descriptor.Kill());

    /// <summary>Sends SIGSTOP to it; it has stopped as soon as <see cref="State"/> says so. False when it was gone.</summary>
    public bool Stop() => Signal(descriptor => descriptor.Stop());

    private bool Signal(Func<ProcessDescriptor, bool> send)
    {
        // The descriptor names whoever has the number now; if the start time still fits afterwards, that is ours.
        using var descriptor = ProcessDescriptor.Open(Id);
        return descriptor is not null && IsAlive && send(descriptor);
    }

    private static (ProcessState State, ulong StartTime)? ReadStat(int id)
    {
        try
        {
            // proc(5): pid (name) state …; the name may contain blanks and parentheses, so look behind the last one.
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // The first thread shows as a zombie while others still run; the kernel counts those.
            var ended = fields[0] is "X" || (fields[0] is "Z" && (fields[ThreadCount] is "0" or "1"));
            var state = ended ? ProcessState.Ended : fields[0] is "T" ? ProcessState.Stopped : ProcessState.Running;
            return (state, ulong.Parse(fields[Start], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
