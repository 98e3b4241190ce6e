using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// A running container. <c>cleanUp</c> runs once, when it has ended or counts as lost, removes what is left of it, and must not throw.
/// </summary>
internal sealed class DockerRunner : IRunner
{
    // The engine closes the streams with the container; a process that was started beside the agent might hold them.
    private static readonly TimeSpan LongestReading = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan SocketInterval = TimeSpan.FromMilliseconds(500);

    private readonly DockerEngine engine;
    private readonly RunnerSpec spec;
    private readonly ContainerOutput output;
    private readonly ContainerEvents events;
    private readonly ContainerWatch watch;
    private readonly ContainerUsage usage;
    private readonly Func<ContainerEnd, Task> cleanUp;
    private volatile bool stopped;
    private string? excess;

    public DockerRunner(
        string id, RunnerImage image, RunnerSpec spec, DockerEngine engine, ContainerOutput output, ContainerEvents events, ContainerWatch watch, Func<ContainerEnd, Task> cleanUp)
    {
        Id = id;
        Image = image.Id;
        this.engine = engine;
        this.spec = spec;
        this.output = output;
        this.events = events;
        this.watch = watch;
        this.cleanUp = cleanUp;
        usage = new ContainerUsage(engine, id);
        Exited = WaitAsync();
        _ = WatchSocketsAsync();
    }

    /// <inheritdoc/>
    public string Id { get; }

    /// <inheritdoc/>
    public string? Image { get; }

    /// <inheritdoc/>
    public Task<int?> Exited { get; }

    /// <inheritdoc/>
    public string? EndSentence { get; private set; }

    /// <inheritdoc/>
    public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) => Exited.IsCompleted ? default : usage.ReadAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        stopped = true;
        if (!Exited.IsCompleted)
            await RemoveAsync(cancellationToken);
        await Exited.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(StopAsync(CancellationToken.None));

    private async Task RemoveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await engine.RemoveAsync(Id, cancellationToken);
            watch.Hint();
        }
        catch (RunnerLaunchException failure)
        {
            // An engine that is gone: the end of the watch tells, and the runner's link ends it.
            spec.Log.Add(RunnerLog.Engine, failure.Message);
        }
    }

    /// <summary>Ends a runner that has too many sockets: the engine limits memory, but may leave TCP's out.</summary>
    private async Task WatchSocketsAsync()
    {
        using var timer = new PeriodicTimer(SocketInterval);
        while (!watch.Ended.IsCompleted && await timer.WaitForNextTickAsync())
        {
            if (usage.CountSockets() is var count && count <= RunnerSockets.Most)
                continue;
            excess ??= RunnerSockets.Sentence(count, RunnerSockets.Most);
            await RemoveAsync(CancellationToken.None);
        }
    }

    private async Task<int?> WaitAsync()
    {
        var end = await watch.Ended;
        await output.Ended.WaitAsync(LongestReading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stopped)
            EndSentence = excess ?? Docker.EndSentence.For(end, events, AgentExit.Reason(end.Code, output.LastError), spec.Shape.Limits);
        await cleanUp(end);
        return end.Code;
    }
}
