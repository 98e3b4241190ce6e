namespace Amazon.ECS.Model;

/// <summary>Starts tasks. The token makes a repeated request the same request.</summary>
internal sealed class RunTaskRequest : AmazonECSRequest
{
    public List<CapacityProviderStrategyItem>? CapacityProviderStrategy { get; set; }

    public string? ClientToken { get; set; }

    public string? Cluster { get; set; }

    public int? Count { get; set; }

    public bool? EnableExecuteCommand { get; set; }

    public NetworkConfiguration? NetworkConfiguration { get; set; }

    public TaskOverride? Overrides { get; set; }

    public PropagateTags? PropagateTags { get; set; }

    public string? StartedBy { get; set; }

    public List<Tag>? Tags { get; set; }

    public string? TaskDefinition { get; set; }
}
