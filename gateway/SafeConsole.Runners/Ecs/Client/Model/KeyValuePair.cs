namespace Amazon.ECS.Model;

/// <summary>An environment variable.</summary>
internal sealed class KeyValuePair
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
