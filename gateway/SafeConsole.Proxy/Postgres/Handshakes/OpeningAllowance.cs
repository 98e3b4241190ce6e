namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>
/// How many connections one session may open at the replica: some at once, then a few a second. Each costs the replica a TLS and SCRAM log-in, a proof and a process. Who comes
/// too soon waits for its turn, and is refused only where that would take longer than <see cref="ProxyOptions.LongestOpeningWait"/>. Thread-safe.
/// </summary>
internal sealed class OpeningAllowance(ProxyOptions options, TimeProvider time)
{
    private readonly Lock gate = new();

    // When the allowance is whole again if nothing more is opened; each opening moves it on.
    private long wholeAt = time.GetTimestamp();

    /// <summary>
    /// Completes at the turn; false where it is too far away. So many as are allowed to be open at once are let through at once: a client's pool may be filled in one go.
    /// </summary>
    public async Task<bool> WaitAsync(int mostOpen, CancellationToken cancellationToken)
    {
        TimeSpan wait = Take(Math.Max(mostOpen, options.OpeningsAtOnce));
        if (wait > options.LongestOpeningWait)
        {
            return false;
        }

        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>How long until the turn; a turn that is too far away is not taken.</summary>
    private TimeSpan Take(int atOnce)
    {
        lock (gate)
        {
            long now = time.GetTimestamp();
            long whole = Math.Max(wholeAt, now) + Ticks(options.OpeningInterval);
            TimeSpan wait = time.GetElapsedTime(now + Ticks(options.OpeningInterval * atOnce), whole);
            if (wait <= options.LongestOpeningWait)
            {
                wholeAt = whole;
            }

            return wait;
        }
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);
}
