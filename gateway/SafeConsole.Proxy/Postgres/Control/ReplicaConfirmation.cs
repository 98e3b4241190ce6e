namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>
/// Whether one connection's server was lately seen to be what it was proven to be. A server that is promoted reports it before its next ReadyForQuery, which is after a
/// statement ran; so before the first statement after a pause the gateway asks by itself, and while statements follow each other closely their ReadyForQuery is the answer.
/// </summary>
internal sealed class ReplicaConfirmation(ReplicaControl control, bool reportsRecovery, TimeProvider time)
{
    private static readonly TimeSpan RecoveryHolds = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CatalogHolds = TimeSpan.FromSeconds(1);

    private long readyAt;
    private long askedAt;

    /// <summary>The server said that it is ready, and had nothing to report before.</summary>
    public void Ready()
    {
        if (reportsRecovery)
        {
            Interlocked.Exchange(ref readyAt, time.GetTimestamp());
        }
    }

    /// <summary>The server was asked for this connection and is what it was. What it answered to others, or to nobody's statement, does not count: so a pause of this connection is always asked about.</summary>
    public void Asked() => askedAt = control.CheckedAt;

    /// <summary>Whether the server must be asked before anything more is judged or sent.</summary>
    public bool IsDue()
    {
        long checkedAt = control.CheckedAt;
        return checkedAt == 0
            || time.GetElapsedTime(Math.Max(askedAt, Interlocked.Read(ref readyAt))) > RecoveryHolds
            || time.GetElapsedTime(checkedAt) > CatalogHolds;
    }
}
