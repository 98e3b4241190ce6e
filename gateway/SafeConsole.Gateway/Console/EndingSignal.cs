using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Holds the one ending of a session: whatever comes first counts, the rest is its consequence.</summary>
public sealed class EndingSignal : IDisposable
{
    private readonly TaskCompletionSource<SessionEnding> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>Completes with the ending; never faults.</summary>
    public Task<SessionEnding> Ended => ended.Task;

    /// <summary>Cancelled as soon as there is an ending.</summary>
    public CancellationToken Token => cancellation.Token;

    /// <summary>Ends the session, unless something else did before.</summary>
    public bool TryEnd(SessionEndReason reason, string sentence, int? exitCode = null)
    {
        if (!ended.TrySetResult(new SessionEnding(reason, sentence, exitCode)))
            return false;
        // Not here and now: whoever reports an ending must not run everybody's clean-up first.
        _ = cancellation.CancelAsync();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();
}
