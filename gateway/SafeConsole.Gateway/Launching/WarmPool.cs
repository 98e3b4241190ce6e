using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SafeConsole.Gateway.Console;
using SafeConsole.Policies;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>
/// Keeps as many booted runners ready for each target as its policy says, so that a console opens at once. A runner is given out once and never
/// comes back. Those that no longer are what the policy or the image says, or have waited too long, are replaced. The number in all is bounded.
/// </summary>
public sealed class WarmPool(RunnerBooter booter, PolicyStore policies, IOptions<ConsoleOptions> options, TimeProvider time, ILogger<WarmPool> log)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ImageInterval = TimeSpan.FromSeconds(30);
    // A runner that lives so long is no sign of an image that crashes.
    private static readonly TimeSpan Proven = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(10);

    // The session that took the runner is starting its REPL; a boot beside it would slow down just what the runner was kept for.
    private static readonly TimeSpan RefillAfter = TimeSpan.FromSeconds(1);

    private const int LooksAtOnce = 8;

    private readonly ConcurrentDictionary<string, WarmShelf> shelves = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim boots = new(options.Value.ConcurrentWarmBoots);
    private readonly SemaphoreSlim wanted = new(0, 1);
    private readonly ConcurrentDictionary<Task, bool> running = new();
    private readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long? imagesLookedAt;
    private Task looking = Task.CompletedTask;

    /// <summary>The targets that have, or should have, warm runners.</summary>
    public IReadOnlyCollection<WarmShelf> Shelves => [.. shelves.Values];

    /// <summary>A warm runner that is what the policy says, taken for good; null where there is none.</summary>
    public WarmRunner? TryClaim(TargetPolicy target)
    {
        if (!shelves.TryGetValue(target.Name, out var shelf) || shelf.Take(target.Repl.Launcher, RunnerShapes.Of(target)) is not { } claimed)
            return null;
        shelf.Succeeded(claimed);
        _ = RefillAsync();
        return claimed;
    }

    /// <summary>Ends all warm runners, before the web server stops: it waits for the requests that their links are.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // A boot that an engine does not let go of is left to the sweep of the gateway's next life.
        await Task.WhenAll(running.Keys).WaitAsync(StopTime, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(shelves.Values.SelectMany(shelf => shelf.Ready.Select(warm => DropAsync(shelf, warm, "the gateway is stopping"))));
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Everything has started, so the link socket is there for the first runners.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        started.TrySetResult();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        boots.Dispose();
        wanted.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await started.Task.WaitAsync(stoppingToken);
        void OnChange(PolicyChange change) => LookAgain();
        policies.Changed += OnChange;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                LookAfter(stoppingToken);
                using var pause = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                await Task.WhenAny(wanted.WaitAsync(pause.Token), Task.Delay(Interval, time, pause.Token));
                await pause.CancelAsync();
            }
        }
        finally
        {
            policies.Changed -= OnChange;
        }
    }

    private async Task RefillAsync()
    {
        await Task.Delay(RefillAfter, time);
        LookAgain();
    }

    private void LookAgain()
    {
        try
        {
            wanted.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // It will look anyway, or never again.
        }
    }

    /// <summary>Waits for no engine: what takes one goes on beside this, and the refill does not wait for it.</summary>
    private void LookAfter(CancellationToken cancellationToken)
    {
        try
        {
            var targets = policies.Current.Targets;
            foreach (var shelf in shelves.Values)
            {
                foreach (var warm in shelf.Ready)
                {
                    if (WhyNot(targets.GetValueOrDefault(shelf.Target), warm) is { } reason)
                        Keep(DropAsync(shelf, warm, reason));
                }
            }

            foreach (var target in targets.Values.Where(target => target.Repl.Warm > 0))
                Fill(target, cancellationToken);
            if (!looking.IsCompleted || (imagesLookedAt is { } before && time.GetElapsedTime(before) < ImageInterval))
                return;
            imagesLookedAt = time.GetTimestamp();
            Keep(looking = LookAtImagesAsync(cancellationToken));
        }
        catch (Exception failure)
        {
            LaunchingLog.WarmPoolFailed(log, failure);
        }
    }

    /// <summary>The targets side by side, for each may have an engine of its own, and once for all runners that are alike. A round that is slow has no second one beside it.</summary>
    private async Task LookAtImagesAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Parallel.ForEachAsync(shelves.Values, new ParallelOptions { MaxDegreeOfParallelism = LooksAtOnce, CancellationToken = cancellationToken }, async (shelf, token) =>
            {
                foreach (var alike in shelf.Ready.GroupBy(warm => (warm.Booted.Launcher, warm.Booted.Shape)))
                {
                    if (await ImageNowAsync(alike.Key.Launcher, alike.Key.Shape, token) is not { } now)
                        continue;
                    foreach (var warm in alike.Where(warm => warm.Booted.Runner.Image != now))
                        Keep(DropAsync(shelf, warm, "the image has changed"));
                }
            });
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LaunchingLog.WarmPoolFailed(log, failure);
        }
        catch (OperationCanceledException)
        {
            // The gateway stops; its warm runners are dropped by StopAsync.
        }

        LookAgain();
    }

    /// <summary>Why a waiting runner is of no use any more, whatever its image is; null when it is.</summary>
    private string? WhyNot(TargetPolicy? target, WarmRunner warm)
    {
        var booted = warm.Booted;
        var waited = time.GetElapsedTime(warm.Since);
        if (booted.Fault is { } fault)
        {
            if (waited < Proven && shelves.TryGetValue(booted.Shape.Target, out var shelf))
                shelf.Crashed(fault);
            return fault;
        }
        if (target is null || target.Repl.Launcher != booted.Launcher || RunnerShapes.Of(target) != booted.Shape)
            return "the policy has changed";
        if (shelves[target.Name].Counts.Ready > target.Repl.Warm)
            return "the policy asks for fewer";
        if (waited >= Proven)
            shelves[target.Name].Succeeded(warm);
        return waited > TimeSpan.FromMinutes(options.Value.WarmMinutes) ? "it has waited too long" : null;
    }

    private async Task<string?> ImageNowAsync(string launcher, RunnerShape shape, CancellationToken cancellationToken)
    {
        try
        {
            return await booter.CurrentImageAsync(launcher, shape, cancellationToken);
        }
        catch (RunnerLaunchException)
        {
            // The next boot says what is wrong; what waits is as good as it was.
            return null;
        }
    }

    private void Fill(TargetPolicy target, CancellationToken cancellationToken)
    {
        var shelf = shelves.GetOrAdd(target.Name, name => new WarmShelf(name, time));
        while (shelves.Values.Sum(other => other.Counts.Ready + other.Counts.Booting) < options.Value.WarmRunners && shelf.TryBeginBoot(target.Repl.Warm))
        {
            Keep(BootAsync(shelf, target, cancellationToken));
        }
    }

    private void Keep(Task work)
    {
        running[work] = true;
        _ = work.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task BootAsync(WarmShelf shelf, TargetPolicy target, CancellationToken cancellationToken)
    {
        var (launcher, shape, lines) = (target.Repl.Launcher, RunnerShapes.Of(target), new RunnerLog(time));
        try
        {
            await booter.PrepareAsync(launcher, shape, lines, NoProgress.Instance, cancellationToken);
            await boots.WaitAsync(cancellationToken);
            try
            {
                var booted = await booter.BootAsync(Guid.CreateVersion7(time.GetUtcNow()).ToString(), launcher, shape, lines, NoProgress.Instance, cancellationToken);
                var watching = booted.WatchAsync();
                shelf.Booted(new WarmRunner(booted, time.GetTimestamp()));
                _ = watching.ContinueWith(_ => LookAgain(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
            finally
            {
                boots.Release();
            }
        }
        catch (Exception failure)
        {
            var reason = failure is RunnerLaunchException or OperationCanceledException ? failure.Message : SessionLife.ErrorSentence;
            var pause = shelf.Failed(reason);
            if (!cancellationToken.IsCancellationRequested)
                LaunchingLog.WarmBootFailed(log, target.Name, pause.TotalSeconds, failure is RunnerLaunchException ? reason : failure.ToString());
        }
    }

    private async Task DropAsync(WarmShelf shelf, WarmRunner warm, string reason)
    {
        if (!shelf.Drop(warm))
            return;
        LaunchingLog.WarmDropped(log, warm.Booted.Id, shelf.Target, reason);
        using var deadline = new CancellationTokenSource(StopTime, time);
        try
        {
            await warm.Booted.StopAsync(deadline.Token);
        }
        catch (Exception failure)
        {
            LaunchingLog.RunnerNotStopped(log, warm.Booted.Id, failure);
        }
    }
}
