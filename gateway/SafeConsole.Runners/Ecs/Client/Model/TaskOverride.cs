namespace Amazon.ECS.Model;

/// <summary>What a task has otherwise than its definition says.</summary>
internal sealed class TaskOverride
{
    public List<ContainerOverride>? ContainerOverrides { get; set; }

    public string? Cpu { get; set; }

    public EphemeralStorage? EphemeralStorage { get; set; }

    public string? Memory { get; set; }
}
