namespace Amazon.ECS.Model;

/// <summary>A task's network.</summary>
internal sealed class NetworkConfiguration
{
    public AwsVpcConfiguration? AwsvpcConfiguration { get; set; }
}
