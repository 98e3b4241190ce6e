using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Records the stages of a launch with the seconds that each took: queued, starting, linking, proving, ready.</summary>
public sealed class LaunchStages(Transcript transcript, TimeProvider time, CancellationToken cancellationToken)
{
    private long since = time.GetTimestamp();

    /// <summary>The stage is done; its time is what passed since the one before, unless given.</summary>
    public async Task ReachedAsync(string stage, string? detail = null, TimeSpan? took = null)
    {
        var seconds = (took ?? time.GetElapsedTime(since)).TotalSeconds;
        since = time.GetTimestamp();
        await transcript.AppendAsync(new RunnerStageReached(stage, Math.Round(seconds, 4), detail), cancellationToken);
    }
}
