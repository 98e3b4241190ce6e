using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts;

/// <summary>The record of one live session: append only, hash-chained, durable before an append completes, or before its window has passed.</summary>
public abstract class Transcript : IAsyncDisposable
{
    /// <summary>The session that this is the record of.</summary>
    public abstract string Session { get; }

    /// <summary>How many events are durable. Event numbers run from 1 to this.</summary>
    public abstract long DurableCount { get; }

    /// <summary>The bytes of the durable events, with their newlines.</summary>
    public abstract long DurableBytes { get; }

    /// <summary>
    /// Appends an event; completes with its number when it is durable. Throws <see cref="TranscriptFailedException"/> when it
    /// cannot be written, and from then on always: what is not on record must not happen. Events are recorded in the order of the calls,
    /// awaited or not; cancelling stops the waiting, but an event that is queued is still recorded.
    /// </summary>
    public abstract Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken);

    /// <summary>
    /// Appends an event; completes when it is written: it outlives this process, and is on the disk within the store's window. Where the disk is slower
    /// than that, it completes when the event is durable. Fails as <see cref="AppendAsync"/> does, and shares its order.
    /// </summary>
    public virtual Task WriteAsync(TranscriptEvent happened) => AppendAsync(happened, CancellationToken.None);

    /// <summary>
    /// Appends an event that nobody waits for: it is written no later than the next one, or soon. Throws <see cref="TranscriptFailedException"/> or leaves
    /// a failure to <see cref="Failed"/>.
    /// </summary>
    public virtual void Enqueue(TranscriptEvent happened) => _ = AppendAsync(happened, CancellationToken.None);

    /// <summary>Completes when an event beyond <paramref name="number"/> is durable (true), or when the transcript is closed or has failed (false).</summary>
    public abstract Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken);

    /// <summary>Completes, with the cause, when the transcript can no longer be written; never otherwise.</summary>
    public abstract Task<Exception> Failed { get; }

    /// <summary>
    /// Appends the last event, closes the record and signs its head. Throws <see cref="TranscriptFailedException"/> when that cannot be
    /// written, <see cref="InvalidOperationException"/> the second time. Once begun it cannot be cancelled.
    /// </summary>
    public abstract Task SealAsync(SessionEnded ended, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}
