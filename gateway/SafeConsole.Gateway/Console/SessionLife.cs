using SafeConsole.Policies;
using SafeConsole.Runners;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Runs one session from its opening to its sealed transcript. Whatever ends it, the runner is gone within 2 seconds and the end is on record.</summary>
public sealed class SessionLife(
    SessionLauncher launcher, ISessionDatabases databases, PolicyStore policies, FollowWindows followers, TimeProvider time, ILogger<SessionLife> log)
{
    /// <summary>What its people are told when the gateway itself made a mistake.</summary>
    public const string ErrorSentence = "Ended by an error inside the gateway. The people who run SafeConsole find it in the gateway's log under this session's id.";

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LastFrames = TimeSpan.FromSeconds(1);

    /// <summary>Runs the session; completes with its ending when everything is over.</summary>
    public async Task<SessionEnding> RunAsync(ConsoleSession session)
    {
        using var lifetime = new CancellationTokenSource();
        _ = EndWithTranscriptAsync(session);
        var database = databases.Create(session.Id, session.Target.Name, session.Transcript);
        session.Database = database;
        _ = EndWithReplicaAsync(session, database);
        var (pumping, measuring) = (Task.CompletedTask, Task.CompletedTask);
        SessionEnding ending;
        await using (new SessionClock(session, policies, time))
        {
            try
            {
                session.Terminal = await launcher.LaunchAsync(session, database, session.Ending.Token);
                pumping = PumpAsync(session, session.Terminal, lifetime.Token);
                measuring = new UsageMeter(session, policies, followers, time, log).RunAsync(lifetime.Token);
                _ = EndWithRunnerAsync(session, pumping);
            }
            catch (Exception failure)
            {
                EndBy(session, failure);
            }

            ending = await session.Ending.Ended;
        }

        ConsoleLog.SessionEnding(log, session.Id, ending.Reason);
        await StopRunnerAsync(session);
        await lifetime.CancelAsync();
        await Task.WhenAll(pumping, measuring);
        await DisposeAsync(session, database);
        return await SealAsync(session, ending);
    }

    private static async Task EndWithTranscriptAsync(ConsoleSession session)
    {
        await session.Transcript.Failed;
        session.Ending.TryEnd(SessionEndReason.TranscriptFailed, TranscriptSentence);
    }

    private const string TranscriptSentence =
        "Ended because the transcript could not be written: what is not on record must not happen. Tell the people who run SafeConsole.";

    private static async Task EndWithReplicaAsync(ConsoleSession session, ISessionDatabase database)
    {
        var sentence = await database.Tripped;
        session.Ending.TryEnd(SessionEndReason.ReplicaUnsafe, sentence);
    }

    // The agent's last frames may still be on the way when its process is gone already.
    private async Task EndWithRunnerAsync(ConsoleSession session, Task pumping)
    {
        var runner = session.Runner!.Runner;
        // However it completed, a runner that is no longer watched is no runner.
        await Task.WhenAny(runner.Exited);
        var code = runner.Exited.IsCompletedSuccessfully ? await runner.Exited : null;
        if (runner.Exited.Exception is { } failure)
            ConsoleLog.SessionFailed(log, session.Id, failure);
        await Task.WhenAny(pumping, Task.Delay(LastFrames, time));
        session.Ending.TryEnd(SessionEndReason.RunnerLost,
            $"{runner.EndSentence ?? $"The runner ended{(code is null ? "" : $" with code {code}")} before the REPL did."} Open a new session to go on.");
    }

    private async Task PumpAsync(ConsoleSession session, TerminalPump terminal, CancellationToken cancellationToken)
    {
        try
        {
            await terminal.RunAsync(cancellationToken);
            // The link is closed. If the runner died, why it did is known in a moment.
            var runner = session.Runner!.Runner;
            if (await Task.WhenAny(runner.Exited, Task.Delay(runner.ExpectEnd(), time, cancellationToken)) != runner.Exited)
                session.Ending.TryEnd(SessionEndReason.RunnerLost, $"{runner.EndSentence ?? "The runner's link to the gateway broke."} Open a new session to go on.");
        }
        catch (Exception failure)
        {
            EndBy(session, failure);
        }
    }

    private void EndBy(ConsoleSession session, Exception failure)
    {
        switch (failure)
        {
            case OperationCanceledException when session.Ending.Ended.IsCompleted:
                break;
            case SessionRefusedException refused:
                session.Ending.TryEnd(refused.Reason, refused.Message);
                break;
            case RunnerLaunchException:
                session.Ending.TryEnd(SessionEndReason.LaunchFailed, failure.Message);
                break;
            case RunnerLinkException:
                session.Ending.TryEnd(SessionEndReason.RunnerLost, failure.Message);
                break;
            case TranscriptFailedException:
                session.Ending.TryEnd(SessionEndReason.TranscriptFailed, TranscriptSentence);
                break;
            default:
                ConsoleLog.SessionFailed(log, session.Id, failure);
                session.Ending.TryEnd(session.Terminal is null ? SessionEndReason.LaunchFailed : SessionEndReason.RunnerLost, ErrorSentence);
                break;
        }
    }

    private async Task StopRunnerAsync(ConsoleSession session)
    {
        using var deadline = new CancellationTokenSource(StopTime, time);
        if (session.Runner is not { } runner)
            return;
        try
        {
            _ = AskToStopAsync(runner.Link, deadline.Token);
            await runner.StopAsync(deadline.Token);
        }
        catch (Exception failure)
        {
            ConsoleLog.RunnerNotStopped(log, session.Id, runner.Id, failure);
        }
    }

    // A courtesy, so that the REPL may hang up; the launcher kills it in any case.
    private static async Task AskToStopAsync(RunnerLink link, CancellationToken cancellationToken)
    {
        try
        {
            await link.StopAsync(cancellationToken);
        }
        catch (Exception gone) when (gone is OperationCanceledException or System.Net.WebSockets.WebSocketException or ObjectDisposedException)
        {
            // There is nobody left to ask.
        }
    }

    private async Task DisposeAsync(ConsoleSession session, ISessionDatabase database)
    {
        try
        {
            await database.DisposeAsync();
        }
        catch (Exception failure)
        {
            ConsoleLog.SessionFailed(log, session.Id, failure);
        }
    }

    private async Task<SessionEnding> SealAsync(ConsoleSession session, SessionEnding ending)
    {
        try
        {
            await session.Transcript.SealAsync(new SessionEnded(ending.Reason, ending.Sentence, ending.ExitCode), CancellationToken.None);
        }
        catch (Exception failure)
        {
            ConsoleLog.TranscriptNotSealed(log, session.Id, failure);
            if (ending.Reason != SessionEndReason.TranscriptFailed)
                ending = ending with { Sentence = $"{ending.Sentence} The end could not be recorded." };
            ending = ending with { IsRecorded = false };
        }

        await session.Transcript.DisposeAsync();
        return ending;
    }
}
