using System.Collections.Concurrent;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>Keeps the stages that a launch reported.</summary>
internal sealed class HeardProgress : ILaunchProgress
{
    private readonly ConcurrentQueue<(LaunchStage Stage, string? Detail)> heard = new();

    public IReadOnlyCollection<(LaunchStage Stage, string? Detail)> Heard => heard;

    public ValueTask ReachedAsync(LaunchStage stage, string? detail)
    {
        heard.Enqueue((stage, detail));
        return ValueTask.CompletedTask;
    }

    public void UnderWay(LaunchStage stage, string sentence)
    {
    }
}
