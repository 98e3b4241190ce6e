using SafeConsole.Policies;
using SafeConsole.Runners;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Measures a session's runner once a second and records what it used; ends the session when the runner is a runaway: busier than the policy allows on
/// the average of a whole window in which nobody was attached.
/// </summary>
public sealed class UsageMeter(ConsoleSession session, PolicyStore policies, FollowWindows followers, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly RunawayWatch runaway = new();
    private readonly UsageChanges changes = new();
    private (RunnerUsage Usage, long At)? last;
    private bool isTold;

    /// <summary>Measures until it is cancelled. Never faults: a runner that cannot be measured goes on.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval, time);
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (await MeasureAsync(cancellationToken) is { } usage)
                    Note(usage);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The session is over.
        }
        catch (TranscriptFailedException)
        {
            // It ends the session by itself.
        }
        catch (Exception failure)
        {
            ConsoleLog.SessionFailed(log, session.Id, failure);
        }
    }

    /// <summary>Null where it cannot be told this time, also where an engine does not answer.</summary>
    private async Task<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await session.Runner!.Runner.MeasureAsync(cancellationToken).AsTask().WaitAsync(Patience, time, cancellationToken) ?? session.Terminal!.ReportedUsage;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            if (!isTold)
                ConsoleLog.UsageNotMeasured(log, session.Id, failure);
            isTold = true;
            return null;
        }
    }

    private void Note(RunnerUsage usage)
    {
        var now = time.GetTimestamp();
        if (last is { } before && time.GetElapsedTime(before.At, now) is { TotalSeconds: > 0 } passed)
        {
            var processors = Math.Max(0, (usage.Processor - before.Usage.Processor) / passed);
            session.Usage = new RunnerMeasured(Math.Round(processors, 3), usage.Memory);
            session.Usages.Add(time.GetUtcNow(), session.Usage);
            if (changes.IsNews(session.Usage, time.GetUtcNow()))
                session.Transcript.Enqueue(session.Usage);
        }

        last = (usage, now);
        Watch(usage);
    }

    private void Watch(RunnerUsage usage)
    {
        // The limits in force may have changed under the session.
        var limits = policies.Current.Targets.GetValueOrDefault(session.Target.Name, session.Target).Limits;
        var attached = followers.IsAttached(session.Id);
        if (runaway.Add(time.GetUtcNow(), usage.Processor, attached, limits.RunawayAfter) is not { } processors || processors < limits.RunawayProcessors)
            return;
        session.Ending.TryEnd(SessionEndReason.Runaway, FormattableString.Invariant(
            $"Ended because the runner kept {processors:0.##} processors busy for {SessionClock.Words(limits.RunawayAfter)} while nobody was attached; the policy of {session.Target.Name} allows {limits.RunawayProcessors:0.##}. Open a new session to go on."));
    }
}
