using SafeConsole.Runners;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Launching;

/// <summary>
/// Records the stages of a launch with the seconds that each took: queued, pulling, starting, linking, proving, ready. How far one is that takes long is a notice whose code is the stage's name.
/// </summary>
public sealed class LaunchStages(Transcript transcript, TimeProvider time, CancellationToken cancellationToken) : ILaunchProgress
{
    private long since = time.GetTimestamp();
    private bool isPulled;

    /// <inheritdoc/>
    public ValueTask ReachedAsync(LaunchStage stage, string? detail) => ReachedAsync(stage, detail, took: null);

    /// <inheritdoc/>
    public void UnderWay(LaunchStage stage, string sentence)
    {
        try
        {
            transcript.Enqueue(new SessionNoticed(NameOf(stage), sentence));
        }
        catch (TranscriptFailedException)
        {
            // It ends the session by itself.
        }
    }

    /// <summary>The stage is done; its time is what passed since the one before, unless given.</summary>
    public async ValueTask ReachedAsync(LaunchStage stage, string? detail = null, TimeSpan? took = null)
    {
        // An image that was pulled for a launch is found by it as one that was there.
        if (stage == LaunchStage.Pulling && isPulled)
            return;
        isPulled |= stage == LaunchStage.Pulling;
        var seconds = (took ?? time.GetElapsedTime(since)).TotalSeconds;
        since = time.GetTimestamp();
        await transcript.AppendAsync(new RunnerStageReached(NameOf(stage), Math.Round(seconds, 4), detail), cancellationToken);
    }

    private static string NameOf(LaunchStage stage) => stage.ToString().ToLowerInvariant();
}
