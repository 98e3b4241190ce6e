namespace Amazon.ECS.Model;

/// <summary>A tag of a task.</summary>
internal sealed class Tag
{
    public string? Key { get; set; }

    public string? Value { get; set; }
}
