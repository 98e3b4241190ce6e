using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>Every minute ends the runners that bear this gateway's label and that nothing in it owns.</summary>
public sealed class RunnerSweep(RunnerReaper reaper, LiveRunners live, TimeProvider time, ILogger<RunnerSweep> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await timer.WaitForNextTickAsync(stoppingToken);
                await reaper.ReapAsync(live.Owns, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                LaunchingLog.SweepFailed(log, failure);
            }
        }
    }
}
