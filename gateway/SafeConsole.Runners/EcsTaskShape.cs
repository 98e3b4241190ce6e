namespace SafeConsole.Runners;

/// <summary>
/// How ECS runs a target's runners: the task definition (`family`, `family:revision` or an ARN), the container in it that is the runner, and the
/// capacity providers in order: `FARGATE_SPOT` before `FARGATE` means that on-demand is taken where Spot has no room. Empty: the cluster's default.
/// </summary>
public sealed record EcsTaskShape(string TaskDefinition, string Container, IReadOnlyList<string> CapacityProviders)
{
    /// <summary>By value, so that an unchanged policy makes an equal shape.</summary>
    public bool Equals(EcsTaskShape? other) =>
        other is not null && TaskDefinition == other.TaskDefinition && Container == other.Container && CapacityProviders.SequenceEqual(other.CapacityProviders);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(TaskDefinition, Container, CapacityProviders.Count);
}
