using System.Collections.Concurrent;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>Keeps the stages of a launch with their details, and what was told while one was under way.</summary>
internal sealed class HeardProgress : ILaunchProgress
{
    private readonly ConcurrentQueue<string> told = new();

    public List<(LaunchStage Stage, string? Detail)> Stages { get; } = [];

    public IReadOnlyCollection<string> Told => told;

    public ValueTask ReachedAsync(LaunchStage stage, string? detail)
    {
        Stages.Add((stage, detail));
        return ValueTask.CompletedTask;
    }

    public void UnderWay(LaunchStage stage, string sentence) => told.Enqueue($"{stage}: {sentence}");
}
