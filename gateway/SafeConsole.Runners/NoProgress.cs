namespace SafeConsole.Runners;

/// <summary>For launches whose stages nobody waits to hear.</summary>
public sealed class NoProgress : ILaunchProgress
{
    private NoProgress()
    {
    }

    /// <summary>The one there is.</summary>
    public static NoProgress Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask ReachedAsync(LaunchStage stage, string? detail) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public void UnderWay(LaunchStage stage, string sentence)
    {
    }
}
