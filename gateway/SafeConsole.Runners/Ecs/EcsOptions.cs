namespace SafeConsole.Runners.Ecs;

/// <summary>Section `Runners:Ecs`: where runners are started as ECS tasks. Checked by <see cref="EcsOptionsValidator"/> at start.</summary>
public sealed class EcsOptions
{
    /// <summary>The cluster's name or ARN.</summary>
    public required string Cluster { get; init; }

    /// <summary>The subnets in which tasks get their network interface; none of its addresses is public.</summary>
    public required IReadOnlyList<string> Subnets { get; init; }

    /// <summary>The security groups of tasks. They are what keeps a runner from everything but its gateway: one egress rule, to the gateway's port.</summary>
    public required IReadOnlyList<string> SecurityGroups { get; init; }

    /// <summary>This gateway's label on its tasks, the same in all its lives and no other gateway's: letters, digits and hyphens, at most 24.</summary>
    public required string GatewayName { get; init; }

    /// <summary>What runners are told to link to: `https://host:port`.</summary>
    public required string GatewayAddress { get; init; }

    /// <summary>The region; null leaves it to the environment, the profile or the host.</summary>
    public string? Region { get; init; }

    /// <summary>Where ECS's interface is, in place of the region's own address; for private endpoints and tests.</summary>
    public string? ServiceUrl { get; init; }

    /// <summary>How long a task may take until its container runs, image and all.</summary>
    public TimeSpan LaunchTimeout { get; init; } = TimeSpan.FromMinutes(5);
}
