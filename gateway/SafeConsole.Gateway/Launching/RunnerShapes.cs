using SafeConsole.Policies;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>From a target's policy to what its runners are made like.</summary>
public static class RunnerShapes
{
    /// <summary>The shape of the target's runners, under the policy as it is given.</summary>
    public static RunnerShape Of(TargetPolicy target)
    {
        var limits = target.Limits;
        var task = target.Repl.Ecs is { } ecs ? new EcsTaskShape(ecs.TaskDefinition, ecs.Container, ecs.CapacityProviders) : null;
        return new RunnerShape(target.Name, new RunnerLimits(limits.Memory, limits.Processes, limits.Disk, limits.Processors), target.Repl.Image, task);
    }
}
