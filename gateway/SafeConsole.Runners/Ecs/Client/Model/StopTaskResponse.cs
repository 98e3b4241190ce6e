using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>The task that is being stopped.</summary>
internal sealed class StopTaskResponse : AmazonWebServiceResponse
{
    public Task? Task { get; set; }
}
