using Microsoft.Extensions.Options;
using SafeConsole.Gateway.Launching;
using SafeConsole.Proxy;
using SafeConsole.Runners;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Gets a session its runner, from the warm pool or booted for it, and proves its replica, both at once, and starts the REPL when both are done.
/// A replica that is not proven is refused at once: the boot is given up, and its clean-up is all that is waited for.
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
        var booting = GetAsync(session, stages, both.Token);
        try
        {
            if (await Task.WhenAny(proving, booting) == proving && !(await proving).Proof.Passed)
                await RefuseAsync(session, stages, await proving);
            var booted = await booting;
            var (proof, took) = await proving;
            if (!proof.Passed)
                await RefuseAsync(session, stages, (proof, took));
            await stages.ReachedAsync(LaunchStage.Proving, proof.Sentence, took);
            await stages.ReachedAsync(LaunchStage.Ready);
            return await StartAsync(session, booted, cancellationToken);
        }
        finally
        {
            await both.CancelAsync();
            // Whatever a boot brings after all stands in the session by then.
            await Task.WhenAll(proving, booting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    /// <summary>On record, and the session's ending, before anything is cleaned up. Always throws <see cref="SessionRefusedException"/>.</summary>
    private static async Task RefuseAsync(ConsoleSession session, LaunchStages stages, (PinProof Proof, TimeSpan Took) failed)
    {
        await stages.ReachedAsync(LaunchStage.Proving, failed.Proof.Sentence, failed.Took);
        session.Ending.TryEnd(SessionEndReason.ProofFailed, failed.Proof.Sentence);
        throw new SessionRefusedException(SessionEndReason.ProofFailed, failed.Proof.Sentence);
    }

    private async Task<BootedRunner> GetAsync(ConsoleSession session, LaunchStages stages, CancellationToken cancellationToken) =>
        session.Runner = await ClaimAsync(session, stages) ?? await BootAsync(session, stages, cancellationToken);

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
        var waited = SessionClock.Words(time.GetElapsedTime(warm.Since));
        await stages.ReachedAsync(LaunchStage.Claiming, $"{warm.Booted.Runner.Id}, which waited {waited}; {warm.Booted.Hello.Network.Evidence}");
        return warm.Booted;
    }

    private async Task<BootedRunner> BootAsync(ConsoleSession session, LaunchStages stages, CancellationToken cancellationToken)
    {
        var (launcher, shape, log) = (session.Target.Repl.Launcher, RunnerShapes.Of(session.Target), new RunnerLog(time));
        logs.Keep(session.Id, log);
        Turn? turn = null;
        try
        {
            turn = await TakeTurnAsync(cancellationToken);
            await stages.ReachedAsync(LaunchStage.Queued);
            if (!await booter.IsPreparedAsync(launcher, shape, cancellationToken))
            {
                // A slow registry must hold up nobody who needs nothing of it.
                turn.Dispose();
                await booter.PrepareAsync(launcher, shape, log, stages, cancellationToken);
                var isFull = slots.CurrentCount == 0;
                turn = await TakeTurnAsync(cancellationToken);
                if (isFull)
                    await stages.ReachedAsync(LaunchStage.Queued);
            }

            return await booter.BootAsync(session.Id, launcher, shape, log, stages, cancellationToken);
        }
        catch
        {
            // Whoever follows it waits for its end.
            log.Complete();
            throw;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private async Task<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        return new Turn(slots);
    }

    private async Task<(PinProof Proof, TimeSpan Took)> ProveAsync(ISessionDatabase database, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var proof = await database.ProveAsync(cancellationToken);
        return (proof, time.GetElapsedTime(began));
    }

    private sealed class Turn(SemaphoreSlim of) : IDisposable
    {
        private SemaphoreSlim? slots = of;

        public void Dispose() => Interlocked.Exchange(ref slots, null)?.Release();
    }
}
