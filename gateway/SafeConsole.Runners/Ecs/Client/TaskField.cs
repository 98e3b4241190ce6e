using Amazon.Runtime;

namespace Amazon.ECS;

/// <summary>What `DescribeTasks` tells beside the tasks.</summary>
internal sealed class TaskField(string value) : ConstantClass(value)
{
    public static readonly TaskField TAGS = new("TAGS");

    public static implicit operator TaskField(string value) => FindValue(value);

    public static TaskField FindValue(string value) => FindValue<TaskField>(value);
}
