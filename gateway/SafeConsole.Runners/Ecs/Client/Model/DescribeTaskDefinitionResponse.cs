using Amazon.Runtime;

namespace Amazon.ECS.Model;

/// <summary>A task definition.</summary>
internal sealed class DescribeTaskDefinitionResponse : AmazonWebServiceResponse
{
    public TaskDefinition? TaskDefinition { get; set; }
}
