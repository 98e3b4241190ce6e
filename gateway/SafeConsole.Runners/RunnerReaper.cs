using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners;

/// <summary>
/// Ends runners that nobody owns: what an earlier life of this gateway left behind when it was killed, and what a lost answer of an engine
/// hid. It never touches the runner of another gateway that lives.
/// </summary>
public sealed class RunnerReaper(IEnumerable<IRunnerLauncher> launchers, ILogger<RunnerReaper> log)
{
    /// <summary>
    /// Looks once and returns the ids of the runners that were alive and are stopped now. A runner's owner must be known to
    /// <paramref name="isOwned"/> before it is launched. An engine that cannot be asked is logged and asked again next time.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReapAsync(Func<string, bool> isOwned, CancellationToken cancellationToken)
    {
        var reaped = new List<string>();
        foreach (var launcher in launchers)
        {
            try
            {
                // Found first, asked for its owner afterwards: a launch between the two is owned already.
                foreach (var found in await launcher.FindAsync(cancellationToken))
                {
                    if (!isOwned(found.Runner) && await StopAsync(launcher, found, cancellationToken))
                        reaped.Add(found.Runner);
                }
            }
            catch (RunnerLaunchException failure)
            {
                log.EngineNotAsked(launcher.Name, failure.Message);
            }
        }
        return reaped;
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
        catch (RunnerLaunchException failure)
        {
            log.RunnerNotReaped(launcher.Name, found.Runner, failure.Message);
            return false;
        }
    }
}
