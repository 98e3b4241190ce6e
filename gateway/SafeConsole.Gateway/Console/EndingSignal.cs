using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Holds the one ending of a session: whatever comes first counts, the rest is its consequence.</summary>
public sealed class EndingSignal(TimeProvider time) : IDisposable
{
    private readonly TaskCompletionSource<SessionEnding> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancellation = new();

    /// <summary>The ending, or null as long as there is none.</summary>
    public SessionEnding? Now => ended.Task.IsCompletedSuccessfully ? ended.Task.Result : null;

    /// <summary>Completes with the ending; never faults.</summary>
    public Task<SessionEnding> Ended => ended.Task;

    /// <summary>Cancelled as soon as there is an ending.</summary>
    public CancellationToken Token => cancellation.Token;

    /// <summary>Ends the session, unless something else did before.</summary>
    public bool TryEnd(SessionEndReason reason, string sentence, int? exitCode = null)
    {
        if (!ended.TrySetResult(new SessionEnding(reason, sentence, exitCode, time.GetUtcNow())))
            return false;
        // Not here and now: whoever reports an ending must not run everybody's clean-up first.
        _ = cancellation.CancelAsync();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => cancellation.Dispose();
}
