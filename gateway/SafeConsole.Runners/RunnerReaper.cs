using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners;

/// <summary>
/// Ends runners that nobody owns: what an earlier life of this gateway left behind when it was killed, and what a lost answer of an engine
/// hid. It never touches the runner of another gateway that lives.
/// </summary>
public sealed class RunnerReaper(IEnumerable<IRunnerLauncher> launchers, ILogger<RunnerReaper> log)
{
    private const int AtOnce = 8;

    /// <summary>
    /// Looks once and returns the ids of the runners that were alive and are stopped now. A runner's owner must be known to
    /// <paramref name="isOwned"/> before it is launched. An engine that cannot be asked is logged and asked again next time; when the token is cancelled
    /// what was not stopped by then is left for the next time too.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReapAsync(Func<string, bool> isOwned, CancellationToken cancellationToken)
    {
        var reaped = await Task.WhenAll(launchers.Select(launcher => ReapAsync(launcher, isOwned, cancellationToken)));
        return [.. reaped.SelectMany(runners => runners)];
    }

    private async Task<IEnumerable<string>> ReapAsync(IRunnerLauncher launcher, Func<string, bool> isOwned, CancellationToken cancellationToken)
    {
        try
        {
            // Found first, asked for its owner afterwards: a launch between the two is owned already.
            var found = await launcher.FindAsync(cancellationToken);
            var stopped = new System.Collections.Concurrent.ConcurrentBag<string>();
            await Parallel.ForEachAsync(found.Where(runner => !isOwned(runner.Runner)), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (runner, _) =>
            {
                if (!cancellationToken.IsCancellationRequested && await StopAsync(launcher, runner, cancellationToken))
                    stopped.Add(runner.Runner);
            });
            return stopped;
        }
        catch (Exception failure)
        {
            // Whatever one launcher's engine does, the others are looked after.
            log.EngineNotAsked(launcher.Name, failure.Message);
            return [];
        }
    }

    private async Task<bool> StopAsync(IRunnerLauncher launcher, FoundRunner found, CancellationToken cancellationToken)
    {
        try
        {
            if (!await launcher.StopAsync(found, cancellationToken))
                return false;
            log.RunnerReaped(launcher.Name, found.Runner, found.Id);
            return true;
        }
        catch (Exception failure)
        {
            log.RunnerNotReaped(launcher.Name, found.Runner, failure.Message);
            return false;
        }
    }
}
