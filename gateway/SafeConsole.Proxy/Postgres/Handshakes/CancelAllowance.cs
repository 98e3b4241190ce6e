namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// How many cancel requests of one session's clients are acted on: a few at once, then a few a second. Each costs the replica a connection. The gateway's own cancels are
/// not counted. Thread-safe.
/// </summary>
internal sealed class CancelAllowance(TimeProvider time)
{
    private const int AtOnce = 10;
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private int left = AtOnce;
    private long since = time.GetTimestamp();

    /// <summary>Takes one; false where there is none left for now.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            long grown = (long)(time.GetElapsedTime(since) / Every);
            if (grown > 0)
            {
                left = (int)Math.Min(AtOnce, left + grown);
                since = time.GetTimestamp();
            }

            return left > 0 && left-- > 0;
        }
    }
}
