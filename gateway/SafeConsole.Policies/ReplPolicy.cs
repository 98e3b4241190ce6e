using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>What runs in the runner: the launcher that starts it and the options that a developer may pick among.</summary>
public sealed record ReplPolicy(string Name, string Launcher, ImmutableArray<ReplOption> Options, ImmutableSortedDictionary<string, string> Environment)
{
    /// <summary>The Docker image of the runner; null for other launchers.</summary>
    public string? Image { get; init; }

    /// <summary>How ECS runs the runner; null for other launchers.</summary>
    public EcsPolicy? Ecs { get; init; }

    /// <summary>How many booted runners are kept ready, each for one session; 0 for none.</summary>
    public int Warm { get; init; }
}
