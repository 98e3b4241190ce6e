using System.Collections.Frozen;
using System.Globalization;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// The gateway's own start-up packet. The guards stand in `options`, so they are what RESET ALL and DISCARD ALL go back to. A client's settings stand beside
/// them and win over them, so only what was judged to be no more than a guard allows is among these, and never a pinned setting.
/// </summary>
internal static class ReplicaStartup
{
    /// <summary>Settings whose value is the gateway's alone; a client's settings never have these names.</summary>
    public static IReadOnlySet<string> PinnedNames { get; } = FrozenSet.ToFrozenSet(
        ["client_encoding", "default_transaction_read_only", "standard_conforming_strings", "transaction_read_only"], StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<KeyValuePair<string, string>> Pairs(TargetPolicy policy, IEnumerable<KeyValuePair<string, string>> clientSettings)
    {
        yield return new("user", policy.Database.Role);
        yield return new("database", policy.Database.Name);
        yield return new("client_encoding", "UTF8");
        yield return new("options", Guards(policy.Limits));
        foreach (KeyValuePair<string, string> setting in clientSettings)
        {
            yield return setting;
        }
    }

    private static string Guards(LimitPolicy limits) => string.Create(
        CultureInfo.InvariantCulture,
        $"-c default_transaction_read_only=on -c standard_conforming_strings=on -c statement_timeout={Milliseconds(limits.StatementTimeout)} -c lock_timeout={Milliseconds(limits.LockTimeout)} -c idle_in_transaction_session_timeout={Milliseconds(limits.IdleInTransaction)}");

    /// <summary>A limit as PostgreSQL counts it; never 0, which would mean no limit.</summary>
    public static int Milliseconds(TimeSpan limit) => (int)Math.Clamp(limit.TotalMilliseconds, 1, int.MaxValue);
}
