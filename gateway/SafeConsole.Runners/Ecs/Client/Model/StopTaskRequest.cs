namespace Amazon.ECS.Model;

/// <summary>Stops a task.</summary>
internal sealed class StopTaskRequest : AmazonECSRequest
{
    public string? Cluster { get; set; }

    public string? Reason { get; set; }

    public string? Task { get; set; }
}
