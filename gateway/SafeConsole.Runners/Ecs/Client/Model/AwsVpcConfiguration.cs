namespace Amazon.ECS.Model;

/// <summary>A network interface in a VPC.</summary>
internal sealed class AwsVpcConfiguration
{
    public AssignPublicIp? AssignPublicIp { get; set; }

    public List<string>? SecurityGroups { get; set; }

    public List<string>? Subnets { get; set; }
}
