using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// A transcript that counts what is appended to it. At <paramref name="limit"/> durable bytes it says so once by <paramref name="spent"/> and takes no
/// more statements, input or output; what closes the record still goes in.
/// </summary>
public sealed class TalliedTranscript(Transcript inner, SessionTally tally, long limit, Action spent) : Transcript
{
    /// <inheritdoc/>
    public override string Session => inner.Session;

    /// <inheritdoc/>
    public override long DurableCount => inner.DurableCount;

    /// <inheritdoc/>
    public override long DurableBytes => inner.DurableBytes;

    /// <inheritdoc/>
    public override Task<Exception> Failed => inner.Failed;

    /// <inheritdoc/>
    public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken)
    {
        if (Refuses(happened))
            return Task.FromException<long>(Refusal());

        // Appends are numbered in the order of these calls, so nothing may be awaited before the inner one.
        tally.Add(happened);
        return inner.AppendAsync(happened, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task WriteAsync(TranscriptEvent happened)
    {
        if (Refuses(happened))
            return Task.FromException(Refusal());
        tally.Add(happened);
        return inner.WriteAsync(happened);
    }

    /// <inheritdoc/>
    public override void Enqueue(TranscriptEvent happened)
    {
        if (Refuses(happened))
            throw Refusal();
        tally.Add(happened);
        inner.Enqueue(happened);
    }

    /// <inheritdoc/>
    public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) => inner.WaitBeyondAsync(number, cancellationToken);

    /// <inheritdoc/>
    public override Task SealAsync(SessionEnded ended, CancellationToken cancellationToken) => inner.SealAsync(ended, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private static TranscriptFailedException Refusal() => new("The transcript has reached its limit.", null);

    private bool Refuses(TranscriptEvent happened)
    {
        if (inner.DurableBytes < limit)
            return false;
        spent();
        return happened is StatementSubmitted or StatementBound or TerminalInput or TerminalOutput or TerminalResized;
    }
}
