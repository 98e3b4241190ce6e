using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// The gateway's own clock on a connection, for what the server's timeouts miss: a client that does not read, code that swallows a
/// cancel, a batch without an end. It looks four times a second; nothing is set up for a single statement.
/// </summary>
internal sealed class StatementClock : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly ReplyQueue queue;
    private readonly LimitPolicy limits;
    private readonly ProxyOptions options;
    private readonly TimeProvider time;
    private readonly Action cancel;
    private readonly Action<string> close;
    private readonly ITimer timer;
    private long cancelledSince;

    public StatementClock(ReplyQueue queue, LimitPolicy limits, ProxyOptions options, TimeProvider time, Action cancel, Action<string> close)
    {
        this.queue = queue;
        this.limits = limits;
        this.options = options;
        this.time = time;
        this.cancel = cancel;
        this.close = close;
        timer = time.CreateTimer(static clock => ((StatementClock)clock!).Look(), this, Period, Period);
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private void Look()
    {
        if (queue.Waiting() is not { } waiting)
        {
            return;
        }

        TimeSpan elapsed = time.GetElapsedTime(waiting.Since);
        if (!waiting.Busy)
        {
            if (elapsed > limits.IdleInTransaction)
            {
                close("a batch of messages was left open for longer than a transaction may be idle.");
            }
        }
        else if (elapsed > limits.StatementTimeout + options.CloseAfter)
        {
            close("a statement ran beyond the policy's statement timeout and could not be cancelled, or its results were not read.");
        }
        else if (elapsed > limits.StatementTimeout + options.CancelAfter && cancelledSince != waiting.Since)
        {
            cancelledSince = waiting.Since;
            cancel();
        }
    }
}
