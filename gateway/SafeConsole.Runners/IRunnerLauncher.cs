namespace SafeConsole.Runners;

/// <summary>Starts runners of one kind.</summary>
public interface IRunnerLauncher
{
    /// <summary>The name by which a policy chooses it: `sandbox`, `docker` or `ecs`.</summary>
    string Name { get; }

    /// <summary>
    /// Starts a runner; completes when it runs, before its agent has linked. Throws <see cref="RunnerLaunchException"/> whose message
    /// is one sentence for the user.
    /// </summary>
    Task<IRunner> LaunchAsync(RunnerSpec spec, CancellationToken cancellationToken);
}
