using Microsoft.Extensions.Options;
using SafeConsole.Gateway.Launching;
using SafeConsole.Proxy;
using SafeConsole.Runners;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Gets a session its runner, from the warm pool or booted for it, and proves its replica, both at once, and starts the REPL when both are done.
/// A replica that is not proven is refused.
/// </summary>
public sealed class SessionLauncher(RunnerBooter booter, WarmPool pool, RunnerLogs logs, IOptions<ConsoleOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Value.ConcurrentLaunches);

    /// <summary>
    /// The running terminal, not yet pumped. Throws <see cref="SessionRefusedException"/> or <see cref="RunnerLaunchException"/> with a sentence;
    /// a runner that was booted by then stands in the session, for its life to stop.
    /// </summary>
    public async Task<TerminalPump> LaunchAsync(ConsoleSession session, ISessionDatabase database, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stages = new LaunchStages(session.Transcript, time, both.Token);
        var proving = ProveAsync(database, both.Token);
        try
        {
            session.Runner = await ClaimAsync(session, stages) ?? await BootAsync(session, stages, both.Token);
            var (proof, took) = await proving;
            await stages.ReachedAsync(LaunchStage.Proving, proof.Sentence, took);
            if (!proof.Passed)
                throw new SessionRefusedException(SessionEndReason.ProofFailed, proof.Sentence);
            await stages.ReachedAsync(LaunchStage.Ready);
            return await StartAsync(session, session.Runner, cancellationToken);
        }
        finally
        {
            await both.CancelAsync();
            await Task.WhenAny(proving);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    // One that waited long may have gone meanwhile.
    private async Task<TerminalPump> StartAsync(ConsoleSession session, BootedRunner booted, CancellationToken cancellationToken)
    {
        try
        {
            await booted.Link.StartAsync(ReplStart.For(session), cancellationToken);
            return new TerminalPump(booted.Link, session.Transcript, session.Lag, session.Ending, booted.Log, time);
        }
        catch (Exception gone) when (gone is System.Net.WebSockets.WebSocketException or ObjectDisposedException or IOException)
        {
            throw new RunnerLaunchException($"{booted.Runner.EndSentence ?? "The runner's link broke before the REPL was started."} Open the session again.", gone);
        }
    }

    private async Task<BootedRunner?> ClaimAsync(ConsoleSession session, LaunchStages stages)
    {
        if (pool.TryClaim(session.Target) is not { } warm)
            return null;
        // Owned by the session before anything can fail.
        session.Runner = warm.Booted;
        logs.Keep(session.Id, warm.Booted.Log);
        var waited = SessionClock.Words(time.GetUtcNow() - warm.Since);
        await stages.ReachedAsync(LaunchStage.Claiming, $"{warm.Booted.Runner.Id}, which waited {waited}; {warm.Booted.Hello.Network.Evidence}");
        return warm.Booted;
    }

    private async Task<BootedRunner> BootAsync(ConsoleSession session, LaunchStages stages, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            await stages.ReachedAsync(LaunchStage.Queued);
            var log = new RunnerLog(time);
            logs.Keep(session.Id, log);
            return await booter.BootAsync(session.Id, session.Target.Repl.Launcher, RunnerShapes.Of(session.Target), log, stages, cancellationToken);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<(PinProof Proof, TimeSpan Took)> ProveAsync(ISessionDatabase database, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var proof = await database.ProveAsync(cancellationToken);
        return (proof, time.GetElapsedTime(began));
    }
}
