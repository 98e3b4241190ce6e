using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The tasks that were started, and why others were not.</summary>
internal sealed class RunTaskResponse : AmazonWebServiceResponse
{
    public List<Failure>? Failures { get; set; }

    public List<Task>? Tasks { get; set; }
}
