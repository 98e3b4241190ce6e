namespace Amazon.ECS.Model;

/// <summary>A task definition, which has an ARN for each revision.</summary>
internal sealed class TaskDefinition
{
    public string? TaskDefinitionArn { get; set; }
}
