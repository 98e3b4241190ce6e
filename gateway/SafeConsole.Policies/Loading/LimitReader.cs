using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Loading;

/// <summary>Reads `limits`. The bounds keep a slip of the pen from meaning `none`.</summary>
internal sealed class LimitReader(PolicySection limits)
{
    private const long KiB = 1L << 10;
    private const long MiB = 1L << 20;
    private const long GiB = 1L << 30;

    /// <summary>All limits of a session.</summary>
    public LimitPolicy Read()
    {
        var policy = new LimitPolicy(
            limits.Duration("statementTimeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            limits.Duration("lockTimeout", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)),
            limits.Duration("idleInTransaction", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            limits.Count("rowsPerStatement", 1, 1_000_000_000),
            limits.Size("bytesPerStatement", KiB, 64 * GiB),
            (int)limits.Count("connections", 1, 100),
            (int)limits.Count("preparedStatements", 1, 10_000),
            (int)limits.Count("cursors", 1, 1_000),
            (int)limits.Size("statementLength", KiB, SqlLimits.TextBytes),
            limits.Duration("sessionLength", TimeSpan.FromSeconds(5), TimeSpan.FromHours(24)),
            limits.Duration("idle", TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)),
            limits.Size("memory", 32 * MiB, 64 * GiB),
            (int)limits.Count("processes", 4, 4_096),
            limits.Size("disk", MiB, 64 * GiB),
            limits.Size("transcript", 64 * KiB, 64 * GiB))
        {
            Processors = limits.Processors("processors", 0.05, 64),
            RunawayProcessors = limits.Processors("runawayProcessors", 0.01, 64),
            RunawayAfter = limits.Duration("runawayAfter", TimeSpan.FromSeconds(5), TimeSpan.FromHours(24)),
        };
        NotAbove("lockTimeout", policy.LockTimeout, "statementTimeout", policy.StatementTimeout);
        NotAbove("idle", policy.Idle, "sessionLength", policy.SessionLength);
        return policy;
    }

    private void NotAbove(string key, TimeSpan value, string otherKey, TimeSpan other)
    {
        if (value > other && limits.Find(key) is { } place && limits.Find(otherKey) is not null)
        {
            place.Problem($"`limits.{key}` is {PolicyUnits.Show(value)} and never reached: `limits.{otherKey}` is {PolicyUnits.Show(other)}.");
        }
    }
}
