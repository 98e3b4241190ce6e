namespace SafeConsole.Runners;

/// <summary>A started runner. Disposing it kills the whole process tree and removes what it left.</summary>
public interface IRunner : IAsyncDisposable
{
    /// <summary>The launcher's own id of it: a process id, a container id, a task ARN.</summary>
    string Id { get; }

    /// <summary>What it was started from: an image's digest, a task definition's revision. Null where there is no such thing.</summary>
    string? Image => null;

    /// <summary>Completes when the runner is gone, with its exit code where one is known. Never faults.</summary>
    Task<int?> Exited { get; }

    /// <summary>
    /// Why it ended, in one sentence, where the launcher knows more than an exit code: out of memory, no capacity. Null before, and null
    /// when it was stopped.
    /// </summary>
    string? EndSentence => null;

    /// <summary>
    /// Its link broke, so it has most likely ended: whoever must ask an engine about it asks now. Returns how long it may take until <see cref="Exited"/> completes, if so.
    /// </summary>
    TimeSpan ExpectEnd() => TimeSpan.FromSeconds(1);

    /// <summary>True where only the agent can tell what the runner uses and what is in its log; it is then told to send both by its link.</summary>
    bool NeedsReports => false;

    /// <summary>What the runner uses now; null where only its agent can tell, and when it is gone. Asked once a second.</summary>
    ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Kills the runner and everything in it; completes when all of it is gone, or on ECS when the engine has accepted the stop. May be
    /// called twice.
    /// </summary>
    Task StopAsync(CancellationToken cancellationToken);
}
