namespace Amazon.ECS.Model;

/// <summary>A task as ECS describes it.</summary>
internal sealed class Task
{
    public string? CapacityProviderName { get; set; }

    public string? ClusterArn { get; set; }

    public List<Container>? Containers { get; set; }

    public DateTime? CreatedAt { get; set; }

    public string? DesiredStatus { get; set; }

    public string? LastStatus { get; set; }

    public DateTime? PullStartedAt { get; set; }

    public DateTime? PullStoppedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public string? StartedBy { get; set; }

    public TaskStopCode? StopCode { get; set; }

    public string? StoppedReason { get; set; }

    public List<Tag>? Tags { get; set; }

    public string? TaskArn { get; set; }

    public string? TaskDefinitionArn { get; set; }
}
