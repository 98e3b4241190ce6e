namespace Amazon.ECS.Model;

/// <summary>Asks for a task definition, by family, family and revision, or ARN.</summary>
internal sealed class DescribeTaskDefinitionRequest : AmazonECSRequest
{
    public string? TaskDefinition { get; set; }
}
