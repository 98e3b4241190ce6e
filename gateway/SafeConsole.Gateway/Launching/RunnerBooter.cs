using Microsoft.Extensions.Options;
using SafeConsole.Gateway.Console;
using SafeConsole.Runners;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Gateway.Launching;

/// <summary>
/// Boots runners, up to the point where a REPL may be started in them. A runner that can reach anything but its gateway is refused. Whatever
/// goes wrong, nothing is left of the runner.
/// </summary>
public sealed class RunnerBooter(
    IEnumerable<IRunnerLauncher> launchers, LiveRunners live, RunnerTickets tickets, IOptions<ConsoleOptions> options, TimeProvider time, ILogger<RunnerBooter> log)
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// True where a boot can begin; false where <see cref="PrepareAsync"/> has to come first. Throws <see cref="RunnerLaunchException"/> with a sentence for the user.
    /// </summary>
    public Task<bool> IsPreparedAsync(string launcher, RunnerShape shape, CancellationToken cancellationToken) =>
        Find(launcher, shape.Target).IsPreparedAsync(shape, cancellationToken);

    /// <summary>
    /// Does beforehand what of a boot may take minutes, such as an image's pull. Not to be called in a place that launches wait for. Throws
    /// <see cref="RunnerLaunchException"/> with a sentence for the user.
    /// </summary>
    public Task PrepareAsync(string launcher, RunnerShape shape, RunnerLog lines, ILaunchProgress progress, CancellationToken cancellationToken) =>
        Find(launcher, shape.Target).PrepareAsync(shape, lines, progress, cancellationToken);

    /// <summary>
    /// A new runner of this shape, booted; reports its stages up to linking. Throws <see cref="RunnerLaunchException"/> with a sentence for the user.
    /// </summary>
    public async Task<BootedRunner> BootAsync(string id, string launcher, RunnerShape shape, RunnerLog lines, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        var arrival = live.Own(id);
        IRunner? runner = null;
        try
        {
            var spec = new RunnerSpec(id, tickets.Issue(id), shape, lines);
            runner = await Find(launcher, shape.Target).LaunchAsync(spec, progress, cancellationToken);
            await progress.ReachedAsync(LaunchStage.Starting, runner.Id);
            var (link, hello) = await LinkAsync(runner, arrival, cancellationToken);
            await progress.ReachedAsync(LaunchStage.Linking, hello.Network.Evidence);
            if (hello.Network.Reachable)
                throw new RunnerLaunchException($"The runner could reach a network other than its gateway, so it was not used: {hello.Network.Evidence}");
            return new BootedRunner(spec, launcher, runner, link, hello, live);
        }
        catch
        {
            tickets.Revoke(id);
            await CleanUpAsync(id, runner);
            // Whoever follows it waits for its end.
            lines.Complete();
            throw;
        }
    }

    /// <summary>What a runner of this shape would be started from now; null where there is no such thing. Throws <see cref="RunnerLaunchException"/>.</summary>
    public Task<string?> CurrentImageAsync(string launcher, RunnerShape shape, CancellationToken cancellationToken) =>
        Find(launcher, shape.Target).CurrentImageAsync(shape, cancellationToken);

    private IRunnerLauncher Find(string name, string target) =>
        launchers.FirstOrDefault(known => known.Name == name)
        ?? throw new RunnerLaunchException($"This gateway has no launcher named {name}, which the policy of {target} asks for; section Runners of its configuration sets one up.");

    private async Task<(RunnerLink Link, HelloFrame Hello)> LinkAsync(IRunner runner, LinkArrival arrival, CancellationToken cancellationToken)
    {
        var patience = TimeSpan.FromSeconds(options.Value.LinkSeconds);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var late = Task.Delay(patience, time, deadline.Token);
        if (await Task.WhenAny(arrival.Link, runner.Exited, late) != arrival.Link)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RunnerLaunchException(runner.Exited.IsCompleted ? WhyEnded(runner) : $"The runner's agent did not reach the gateway within {SessionClock.Words(patience)}.");
        }

        var link = await arrival.Link;
        // An agent that links and then says nothing must not hold up its session for longer than one that does not link.
        var hello = link.ReceiveAsync(cancellationToken).AsTask();
        if (await Task.WhenAny(hello, late) != hello)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RunnerLaunchException($"The runner's agent linked and said nothing within {SessionClock.Words(patience)}.");
        }

        await deadline.CancelAsync();
        return await hello is HelloFrame greeting ? (link, greeting) : throw new RunnerLaunchException("The runner's agent closed its link at once.");
    }

    private static string WhyEnded(IRunner runner)
    {
        if (runner.EndSentence is { } sentence)
            return $"The runner ended before its agent reached the gateway: {sentence}";
        return $"The runner ended before its agent reached the gateway{(runner.Exited.IsCompletedSuccessfully && runner.Exited.Result is { } code ? $", with code {code}" : "")}.";
    }

    private async Task CleanUpAsync(string id, IRunner? runner)
    {
        try
        {
            if (runner is not null)
                await runner.DisposeAsync().AsTask().WaitAsync(CleanUpTime, time);
        }
        catch (Exception failure)
        {
            // The sweep goes on trying.
            LaunchingLog.RunnerNotStopped(log, id, failure);
        }

        live.Disown(id);
    }
}
