using SafeConsole.Runners;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Launching;

/// <summary>Records the stages of a launch with the seconds that each took: queued, starting, linking, proving, ready.</summary>
public sealed class LaunchStages(Transcript transcript, TimeProvider time, CancellationToken cancellationToken) : ILaunchProgress
{
    private long since = time.GetTimestamp();
    private TimeSpan preparing;

    /// <inheritdoc/>
    public ValueTask ReachedAsync(LaunchStage stage, string? detail) => ReachedAsync(stage, detail, took: null);

    /// <summary>What passed until now went by for the image, before the launch had its turn; it counts as the stage pulling's.</summary>
    public void Prepared()
    {
        preparing = time.GetElapsedTime(since);
        since = time.GetTimestamp();
    }

    /// <summary>The stage is done; its time is what passed since the one before, unless given.</summary>
    public async ValueTask ReachedAsync(LaunchStage stage, string? detail = null, TimeSpan? took = null)
    {
        var seconds = (took ?? (time.GetElapsedTime(since) + (stage == LaunchStage.Pulling ? preparing : TimeSpan.Zero))).TotalSeconds;
        since = time.GetTimestamp();
        await transcript.AppendAsync(new RunnerStageReached(NameOf(stage), Math.Round(seconds, 4), detail), cancellationToken);
    }

    private static string NameOf(LaunchStage stage) => stage.ToString().ToLowerInvariant();
}
