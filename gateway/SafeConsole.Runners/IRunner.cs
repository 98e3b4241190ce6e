namespace SafeConsole.Runners;

/// <summary>A started runner. Disposing it kills the whole process tree and removes what it left.</summary>
public interface IRunner : IAsyncDisposable
{
    /// <summary>The launcher's own id of it: a process id, a container id, a task ARN.</summary>
    string Id { get; }

    /// <summary>Completes when the runner is gone, with its exit code where one is known. Never faults.</summary>
    Task<int?> Exited { get; }

    /// <summary>Kills the runner and everything in it; completes when all of it is gone. May be called twice.</summary>
    Task StopAsync(CancellationToken cancellationToken);
}
