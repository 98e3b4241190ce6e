namespace Amazon.ECS.Model;

/// <summary>Why a task was not started, or that it is not known.</summary>
internal sealed class Failure
{
    public string? Arn { get; set; }

    public string? Detail { get; set; }

    public string? Reason { get; set; }
}
