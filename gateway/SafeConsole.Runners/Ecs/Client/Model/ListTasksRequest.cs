namespace Amazon.ECS.Model;

/// <summary>Asks for a page of task ARNs. `startedBy` must be the only filter where it is used.</summary>
internal sealed class ListTasksRequest : AmazonECSRequest
{
    public string? Cluster { get; set; }

    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    public string? StartedBy { get; set; }
}
