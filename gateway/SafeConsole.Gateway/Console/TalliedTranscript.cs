using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>A transcript that counts what is appended to it.</summary>
public sealed class TalliedTranscript(Transcript inner, SessionTally tally) : Transcript
{
    /// <inheritdoc/>
    public override string Session => inner.Session;

    /// <inheritdoc/>
    public override long DurableCount => inner.DurableCount;

    /// <inheritdoc/>
    public override Task<Exception> Failed => inner.Failed;

    /// <inheritdoc/>
    public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken)
    {
        // Appends are numbered in the order of these calls, so nothing may be awaited before the inner one.
        tally.Add(happened);
        return inner.AppendAsync(happened, cancellationToken);
    }

    /// <inheritdoc/>
    public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) => inner.WaitBeyondAsync(number, cancellationToken);

    /// <inheritdoc/>
    public override Task SealAsync(SessionEnded ended, CancellationToken cancellationToken) => inner.SealAsync(ended, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => inner.DisposeAsync();
}
