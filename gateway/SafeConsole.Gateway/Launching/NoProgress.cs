using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>For boots that no session waits for.</summary>
public sealed class NoProgress : ILaunchProgress
{
    /// <summary>The one there is.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask ReachedAsync(LaunchStage stage, string? detail) => ValueTask.CompletedTask;
}
