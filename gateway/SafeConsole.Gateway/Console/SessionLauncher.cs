using Microsoft.Extensions.Options;
using SafeConsole.Proxy;
using SafeConsole.Runners;
using SafeConsole.Runners.Frames;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Starts a session's runner and proves its replica, both at once, and starts the REPL when both are done. A runner that can
/// reach anything but its gateway is refused, and so is a replica that is not proven.
/// </summary>
public sealed class SessionLauncher(
    IEnumerable<IRunnerLauncher> launchers, RunnerTickets tickets, IOptions<ConsoleOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim slots = new(options.Value.ConcurrentLaunches);

    /// <summary>
    /// The running terminal, not yet pumped. Throws <see cref="SessionRefusedException"/> or <see cref="RunnerLaunchException"/> with a sentence;
    /// a runner that was started by then stands in the session, for its life to stop.
    /// </summary>
    public async Task<TerminalPump> LaunchAsync(ConsoleSession session, ISessionDatabase database, CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stages = new LaunchStages(session.Transcript, time, both.Token);
        var proving = ProveAsync(database, both.Token);
        try
        {
            await slots.WaitAsync(both.Token);
            try
            {
                await stages.ReachedAsync(LaunchStage.Queued);
                return await LaunchAsync(session, stages, proving, both.Token);
            }
            finally
            {
                slots.Release();
            }
        }
        finally
        {
            await both.CancelAsync();
            await Task.WhenAny(proving);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => slots.Dispose();

    private async Task<TerminalPump> LaunchAsync(
        ConsoleSession session, LaunchStages stages, Task<(PinProof Proof, TimeSpan Took)> proving, CancellationToken cancellationToken)
    {
        await StartRunnerAsync(session, stages, cancellationToken);
        await stages.ReachedAsync(LaunchStage.Starting, session.Runner!.Id);
        var (link, hello) = await LinkAsync(session, cancellationToken);
        await stages.ReachedAsync(LaunchStage.Linking, hello.Network.Evidence);
        if (hello.Network.Reachable)
            throw new SessionRefusedException(SessionEndReason.LaunchFailed, $"The runner could reach a network other than its gateway, so it was not used: {hello.Network.Evidence}");
        var (proof, took) = await proving;
        await stages.ReachedAsync(LaunchStage.Proving, proof.Sentence, took);
        if (!proof.Passed)
            throw new SessionRefusedException(SessionEndReason.ProofFailed, proof.Sentence);
        await stages.ReachedAsync(LaunchStage.Ready);
        var pump = new TerminalPump(link, session.Transcript, session.Lag, session.Ending, time);
        await link.StartAsync(ReplStart.For(session), cancellationToken);
        return pump;
    }

    private async Task StartRunnerAsync(ConsoleSession session, LaunchStages stages, CancellationToken cancellationToken)
    {
        var name = session.Target.Repl.Launcher;
        var launcher = launchers.FirstOrDefault(known => known.Name == name)
            ?? throw new RunnerLaunchException($"This gateway has no launcher named {name}, which the policy of {session.Target.Name} asks for.");
        var limits = session.Target.Limits;
        var ticket = tickets.Issue(session.Id);
        var shape = new RunnerShape(session.Target.Name, new RunnerLimits(limits.Memory, limits.Processes, limits.Disk, 1));
        session.Runner = await launcher.LaunchAsync(new RunnerSpec(session.Id, ticket, shape, new RunnerLog(time)), stages, cancellationToken);
    }

    private async Task<(RunnerLink Link, HelloFrame Hello)> LinkAsync(ConsoleSession session, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.LinkSeconds);
        var exited = session.Runner!.Exited;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var late = Task.Delay(patience, time, deadline.Token);
        var arrived = session.Arrival.Link;
        if (await Task.WhenAny(arrived, exited, late) != arrived)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RunnerLaunchException(exited.IsCompleted
                ? $"The runner ended before its agent reached the gateway{(exited.IsCompletedSuccessfully && exited.Result is { } code ? $", with code {code}" : "")}."
                : $"The runner's agent did not reach the gateway within {SessionClock.Words(patience)}.");
        }

        await deadline.CancelAsync();
        var link = await arrived;
        return await link.ReceiveAsync(cancellationToken) is HelloFrame hello
            ? (link, hello)
            : throw new RunnerLaunchException("The runner's agent closed its link at once.");
    }

    private async Task<(PinProof Proof, TimeSpan Took)> ProveAsync(ISessionDatabase database, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var proof = await database.ProveAsync(cancellationToken);
        return (proof, time.GetElapsedTime(began));
    }
}
