namespace SafeConsole.Runners;

/// <summary>Starts runners of one kind, and finds again those that it started.</summary>
public interface IRunnerLauncher
{
    /// <summary>The name by which a policy chooses it: `sandbox`, `docker` or `ecs`.</summary>
    string Name { get; }

    /// <summary>True where a launch finds all that it needs; false where <see cref="PrepareAsync"/> has something to do first. Throws <see cref="RunnerLaunchException"/>.</summary>
    Task<bool> IsPreparedAsync(RunnerShape shape, CancellationToken cancellationToken) => Task.FromResult(true);

    /// <summary>
    /// Does what may take minutes and needs no room on the host: pulls an image that is absent, tells meanwhile how far it is, and reports the stage pulling.
    /// To be called before a launch, outside of what bounds launches. Throws <see cref="RunnerLaunchException"/>.
    /// </summary>
    Task PrepareAsync(RunnerShape shape, RunnerLog log, ILaunchProgress progress, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Starts a runner; completes when it runs, before its agent has linked. Reports the stages provisioning and pulling where it has them.
    /// Throws <see cref="RunnerLaunchException"/> whose message is one sentence for the user; nothing is left of the runner then.
    /// </summary>
    Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken);

    /// <summary>
    /// What a runner would be started from now, in the words of <see cref="IRunner.Image"/>; null where there is no such thing. Throws
    /// <see cref="RunnerLaunchException"/>.
    /// </summary>
    Task<string?> CurrentImageAsync(RunnerShape shape, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>
    /// The living runners that bear this gateway's label, whichever of its lives started them, and those of gateways that are known to be
    /// dead. Throws <see cref="RunnerLaunchException"/> when the engine cannot be asked.
    /// </summary>
    Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken);

    /// <summary>Kills a runner that was found; no error when it is gone by then. True when it was alive.</summary>
    Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken);
}
