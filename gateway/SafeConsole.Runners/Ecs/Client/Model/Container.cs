namespace Amazon.ECS.Model;

/// <summary>A container of a task.</summary>
internal sealed class Container
{
    public int? ExitCode { get; set; }

    public string? Image { get; set; }

    public string? LastStatus { get; set; }

    public string? Name { get; set; }

    public string? Reason { get; set; }
}
