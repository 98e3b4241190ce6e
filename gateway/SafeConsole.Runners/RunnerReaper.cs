using Microsoft.Extensions.Logging;
using SafeConsole.Runners.Sandbox;

namespace SafeConsole.Runners;

/// <summary>
/// Ends, when a gateway starts, what an earlier one left behind. Sandboxes die with their gateway, so this finds something only where a
/// crash came between two system calls. It never touches a process that merely has a dead one's number, nor a live gateway's runners.
/// </summary>
public sealed class RunnerReaper(SandboxOptions options, ILogger<RunnerReaper> log)
{
    private readonly SandboxRecords records = new(options.RuntimeDirectory);

    /// <summary>Kills and forgets them; returns the sessions whose runner was still alive.</summary>
    public IReadOnlyList<string> Reap()
    {
        var reaped = new List<string>();
        foreach (var record in records.ReadAll().Where(record => record.Boot != SandboxRecords.Boot || !record.Gateway.IsAlive))
        {
            if (record.Boot == SandboxRecords.Boot && Kill(record))
            {
                log.SandboxReaped(record.Session);
                reaped.Add(record.Session);
            }
            records.Delete(record.Session);
        }
        return reaped;
    }

    private static bool Kill(SandboxRecord record)
    {
        var initWasAlive = record.Init?.Kill() ?? false;
        return record.Outer.Kill() || initWasAlive;
    }
}
