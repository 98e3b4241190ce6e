using System.Diagnostics;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Tests.Tls;

/// <summary>A runner in a network namespace of its own.</summary>
internal sealed class TlsRunner : IRunner
{
    private readonly Process process;
    private readonly RunnerLog log;
    private bool stopped;

    public TlsRunner(Process process, RunnerLog log)
    {
        this.process = process;
        this.log = log;
        Exited = WaitAsync();
    }

    public string Id => $"{process.Id}";

    public Task<int?> Exited { get; }

    public string? EndSentence => stopped || !Exited.IsCompleted ? null : log.LastFailure;

    public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) => new((RunnerUsage?)null);

    /// <summary>The gateway's host is gone, as far as the runner's network is concerned: nothing arrives any more, and nothing says so.</summary>
    public Task LoseNetworkAsync() => process.StandardInput.WriteLineAsync();

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopped = true;
        if (Exited.IsCompleted)
            return;
        process.Kill(entireProcessTree: true);
        await Exited.WaitAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        process.Dispose();
    }

    private async Task<int?> WaitAsync()
    {
        await StandardErrorLog.ReadAsync(process.StandardError.BaseStream, log, "agent");
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
