using SafeConsole.Gateway.Data;
using SafeConsole.Gateway.Launching;
using SafeConsole.Runners;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Console;

/// <summary>Puts in order, before the gateway takes its first request, what an earlier one left: open transcripts, runners, missing rows of the index.</summary>
public sealed class SessionRecovery(RunnerReaper reaper, LiveRunners live, ITranscriptStore transcripts, IndexRebuild rebuild, ILogger<SessionRecovery> log) : IHostedLifecycleService
{
    private static readonly TimeSpan FirstSweep = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        // First, for it takes the transcripts' lock: the runners of a gateway that lives are not to be touched.
        var closed = await CloseInterruptedAsync(cancellationToken);
        if (closed > 0)
            ConsoleLog.ClosedInterrupted(log, closed);
        // What an engine does not let go of in this time is left to the sweep: people wait for the gateway.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(FirstSweep);
        await reaper.ReapAsync(live.Owns, patience.Token);
        var indexed = await rebuild.RunAsync(cancellationToken);
        if (indexed > 0)
            ConsoleLog.Indexed(log, indexed);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<int> CloseInterruptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await transcripts.CloseInterruptedAsync(cancellationToken)).Count;
        }
        catch (TranscriptFailedException failure)
        {
            throw new GatewayConfigurationException($"{failure.Message} Stop the other gateway that uses the folder, or set Transcripts:Folder to another one that this gateway may write.");
        }
    }
}
