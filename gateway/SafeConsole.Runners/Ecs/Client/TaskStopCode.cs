using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>Why a task stopped.</summary>
internal sealed class TaskStopCode(string value) : ConstantClass(value)
{
    public static readonly TaskStopCode EssentialContainerExited = new("EssentialContainerExited");

    public static readonly TaskStopCode ServiceSchedulerInitiated = new("ServiceSchedulerInitiated");

    public static readonly TaskStopCode SpotInterruption = new("SpotInterruption");

    public static readonly TaskStopCode TaskFailedToStart = new("TaskFailedToStart");

    public static readonly TaskStopCode TerminationNotice = new("TerminationNotice");

    public static readonly TaskStopCode UserInitiated = new("UserInitiated");

    public static implicit operator TaskStopCode(string value) => FindValue(value);

    public static TaskStopCode FindValue(string value) => FindValue<TaskStopCode>(value);
}
