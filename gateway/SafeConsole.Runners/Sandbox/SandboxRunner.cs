using Microsoft.Extensions.Logging;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// A running sandbox. <c>watch</c> completes with a sentence when it must be ended; <c>cleanUp</c> runs once, when it is gone, and
/// must not throw.
/// </summary>
internal sealed class SandboxRunner : IRunner
{
    private readonly string runner;
    private readonly SandboxProcesses processes;
    private readonly RunnerLog lines;
    private readonly Task reading;
    private readonly Action cleanUp;
    private readonly ILogger log;
    private readonly CancellationTokenSource ended = new();
    private bool stopped;

    public SandboxRunner(
        string runner, SandboxProcesses processes, RunnerLog lines, Task reading, Func<ProcessIdentity, CancellationToken, Task<string>> watch, Action cleanUp, ILogger log)
    {
        this.runner = runner;
        this.processes = processes;
        this.lines = lines;
        this.reading = reading;
        this.cleanUp = cleanUp;
        this.log = log;
        Exited = WaitAsync();
        _ = WatchAsync(watch);
    }

    /// <inheritdoc/>
    public string Id => processes.Outer.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task<int?> Exited { get; }

    /// <inheritdoc/>
    public string? EndSentence { get; private set; }

    /// <inheritdoc/>
    public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) =>
        new(processes.Init is { IsAlive: true } init ? new RunnerUsage(ProcessTimes.OfFamily(init.Id), ProcessFamily.MemoryOf(init.Id)) : null);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopped = true;
        if (!Exited.IsCompleted)
            await processes.KillAsync();
        await Exited.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        ended.Dispose();
    }

    private async Task<int?> WaitAsync()
    {
        int? code = null;
        try
        {
            code = await processes.WaitUntilGoneAsync();
            await reading;
            await ended.CancelAsync();
            if (!stopped)
                EndSentence ??= AgentExit.Reason(code, lines.LastFailure) ?? (code > 128 ? $"The runner was ended by signal {code - 128}." : null);
        }
        catch (Exception failure)
        {
            // Whoever waits for the end must get it; nobody would see a fault.
            log.SandboxEndUnclear(runner, failure);
        }
        cleanUp();
        return code;
    }

    private async Task WatchAsync(Func<ProcessIdentity, CancellationToken, Task<string>> watch)
    {
        try
        {
            if (processes.Init is { } init)
                EndSentence = await watch(init, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return;
        }
        catch (Exception failure)
        {
            log.MemoryWatchFailed(runner, failure);
            EndSentence = "The runner was ended because its memory could not be watched any more.";
        }
        await KillUnwatchedAsync();
    }

    /// <summary>A runner above its limit, or one that nobody watches, must not go on. One without a known PID 1 is as good as gone.</summary>
    private async Task KillUnwatchedAsync()
    {
        try
        {
            await processes.KillAsync();
        }
        catch (Exception failure)
        {
            log.SandboxNotKilled(runner, failure);
        }
    }
}
