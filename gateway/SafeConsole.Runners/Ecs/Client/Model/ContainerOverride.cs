namespace Amazon.ECS.Model;

/// <summary>What a container has otherwise than its definition says; memory in MiB.</summary>
internal sealed class ContainerOverride
{
    public List<KeyValuePair>? Environment { get; set; }

    public int? Memory { get; set; }

    public string? Name { get; set; }
}
