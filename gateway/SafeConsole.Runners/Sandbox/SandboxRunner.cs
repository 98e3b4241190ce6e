using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>A running sandbox.</summary>
internal sealed class SandboxRunner : IRunner
{
    private readonly SandboxProcesses processes;
    private readonly StandardErrorTail errors;
    private readonly Action cleanUp;
    private readonly CancellationTokenSource ended = new();
    private bool stopped;

    public SandboxRunner(SandboxProcesses processes, StandardErrorTail errors, long memoryLimit, TimeProvider time, Action cleanUp)
    {
        this.processes = processes;
        this.errors = errors;
        this.cleanUp = cleanUp;
        Exited = WaitAsync();
        _ = WatchMemoryAsync(memoryLimit, time);
    }

    /// <inheritdoc/>
    public string Id => processes.Outer.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public Task<int?> Exited { get; }

    /// <inheritdoc/>
    public string? EndSentence { get; private set; }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopped = true;
        if (!Exited.IsCompleted)
            processes.Kill();
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
        var code = await processes.WaitUntilGoneAsync();
        await errors.Completed;
        await ended.CancelAsync();
        if (!stopped)
            EndSentence ??= errors.LastLine ?? (code > 128 ? $"The runner was ended by signal {code - 128}." : null);
        cleanUp();
        return code;
    }

    private async Task WatchMemoryAsync(long limit, TimeProvider time)
    {
        if (processes.Init is not { } init)
            return;
        try
        {
            EndSentence = await MemoryWatch.WaitForExcessAsync(init, limit, time, ended.Token);
            processes.Kill();
        }
        catch (OperationCanceledException)
        {
            // It ended within its limit.
        }
    }
}
