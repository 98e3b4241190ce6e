namespace Amazon.ECS.Model;

/// <summary>Asks what state up to 100 tasks are in.</summary>
internal sealed class DescribeTasksRequest : AmazonECSRequest
{
    public string? Cluster { get; set; }

    public List<string>? Include { get; set; }

    public List<string>? Tasks { get; set; }
}
