namespace Amazon.ECS.Model;

/// <summary>A Fargate task's disk.</summary>
internal sealed class EphemeralStorage
{
    public int? SizeInGiB { get; set; }
}
