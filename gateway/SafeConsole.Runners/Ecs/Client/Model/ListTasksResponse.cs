using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>A page of task ARNs, and where the next begins.</summary>
internal sealed class ListTasksResponse : AmazonWebServiceResponse
{
    public string? NextToken { get; set; }

    public List<string>? TaskArns { get; set; }
}
