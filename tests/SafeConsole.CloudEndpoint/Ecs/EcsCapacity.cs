namespace SafeConsole.CloudEndpoint.Ecs;

/// <summary>What a capacity provider does with a task.</summary>
public enum EcsCapacity
{
    /// <summary>It has room.</summary>
    Free,

    /// <summary>`RunTask` answers with a failure and no task.</summary>
    RefusesAtOnce,

    /// <summary>The task is accepted and stops while it is provisioned, as Fargate does.</summary>
    RunsOut,

    /// <summary>Spot takes the place back before the container runs.</summary>
    IsTakenBack,
}
