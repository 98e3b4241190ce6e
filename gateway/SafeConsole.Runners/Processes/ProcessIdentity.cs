using System.Globalization;

namespace SafeConsole.Runners.Processes;

/// <summary>
/// One process for certain: its number, and the moment it started (field 22 of /proc/PID/stat, clock ticks since boot), for numbers are
/// used again.
/// </summary>
internal sealed record ProcessIdentity(int Id, ulong StartTime)
{
    /// <summary>The process that has this number now; null if there is none.</summary>
    public static ProcessIdentity? Of(int id) => ReadStat(id) is { } stat ? new ProcessIdentity(id, stat.StartTime) : null;

    /// <summary>True while it runs; a zombie does not.</summary>
    public bool IsAlive => ReadStat(Id) is { } stat && stat.StartTime == StartTime && stat.State is not 'Z' and not 'X';

    /// <summary>Sends SIGKILL to it and never to another that has got its number. False when it was gone.</summary>
    public bool Kill()
    {
        // The descriptor names whoever has the number now; if the start time still fits afterwards, that is ours.
        using var descriptor = ProcessDescriptor.Open(Id);
        return descriptor is not null && IsAlive && descriptor.Kill();
    }

    private static (char State, ulong StartTime)? ReadStat(int id)
    {
        try
        {
            // proc(5): pid (name) state …; the name may contain blanks and parentheses, so look behind the last one.
            var stat = File.ReadAllText($"/proc/{id.ToString(CultureInfo.InvariantCulture)}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], ulong.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
