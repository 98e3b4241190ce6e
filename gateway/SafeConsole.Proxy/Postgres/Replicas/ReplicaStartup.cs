using System.Globalization;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// The gateway's own start-up packet. The guards stand in `options`, so they are what RESET ALL and DISCARD ALL go back to; a client's
/// settings stand beside them under other names, chosen from a fixed list, because a name given twice would override a guard.
/// </summary>
internal static class ReplicaStartup
{
    /// <summary>Names that a client's settings can never have.</summary>
    public static IReadOnlyList<string> GuardNames { get; } =
    [
        "default_transaction_read_only", "statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "standard_conforming_strings",
    ];

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
