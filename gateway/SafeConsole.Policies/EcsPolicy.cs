using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>
/// How ECS runs a target's runners: the task definition (`family`, `family:revision` or an ARN), the container in it that is the runner, and the
/// capacity providers in the order in which they are tried; none means the cluster's default.
/// </summary>
public sealed record EcsPolicy(string TaskDefinition, string Container, ImmutableArray<string> CapacityProviders);
