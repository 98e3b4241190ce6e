namespace SafeConsole.Runners.Tests.Docker;

/// <summary>Keeps the stages of a launch with their details.</summary>
internal sealed class HeardProgress : ILaunchProgress
{
    public List<(LaunchStage Stage, string? Detail)> Stages { get; } = [];

    public ValueTask ReachedAsync(LaunchStage stage, string? detail)
    {
        Stages.Add((stage, detail));
        return ValueTask.CompletedTask;
    }
}
