using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The tasks that are known, and `MISSING` for each that is not.</summary>
internal sealed class DescribeTasksResponse : AmazonWebServiceResponse
{
    public List<Failure>? Failures { get; set; }

    public List<Task>? Tasks { get; set; }
}
