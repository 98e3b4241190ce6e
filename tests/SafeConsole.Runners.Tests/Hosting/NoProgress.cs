namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>For launches whose stages nobody asks about.</summary>
internal sealed class NoProgress : ILaunchProgress
{
    public static NoProgress Instance { get; } = new();

    public ValueTask ReachedAsync(LaunchStage stage, string? detail) => ValueTask.CompletedTask;
}
