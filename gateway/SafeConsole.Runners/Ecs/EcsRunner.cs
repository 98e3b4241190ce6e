using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Ecs;

/// <summary>A task whose container runs, or ran.</summary>
internal sealed class EcsRunner : IRunner
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    // What ECS tells of a task follows its containers by some seconds.
    private static readonly TimeSpan EndIsTold = TimeSpan.FromSeconds(10);

    private readonly string runner;
    private readonly EcsWatch watch;
    private readonly EcsTaskShape shape;
    private readonly EcsCalls calls;
    private readonly EcsPoller poller;
    private readonly RunnerLog lines;
    private readonly ILogger log;
    private bool stopped;

    public EcsRunner(RunnerSpec spec, EcsWatch watch, string? definition, EcsCalls calls, EcsPoller poller, ILogger log)
    {
        runner = spec.Runner;
        shape = spec.Shape.Task!;
        lines = spec.Log;
        Image = definition;
        this.watch = watch;
        this.calls = calls;
        this.poller = poller;
        this.log = log;
        Exited = WaitAsync();
    }

    /// <inheritdoc/>
    public string Id => watch.Arn;

    /// <inheritdoc/>
    public string? Image { get; }

    /// <inheritdoc/>
    public System.Threading.Tasks.Task<int?> Exited { get; }

    /// <inheritdoc/>
    public string? EndSentence { get; private set; }

    /// <inheritdoc/>
    public bool NeedsReports => true;

    /// <inheritdoc/>
    public TimeSpan ExpectEnd()
    {
        LookNow();
        return EndIsTold;
    }

    /// <summary>Null: ECS tells what a task used a minute later at best, and its agent at once.</summary>
    public ValueTask<RunnerUsage?> MeasureAsync(CancellationToken cancellationToken) => new((RunnerUsage?)null);

    /// <summary>Completes when ECS has accepted the stop; the container is gone within its stop time-out, and <see cref="Exited"/> tells.</summary>
    public async System.Threading.Tasks.Task StopAsync(CancellationToken cancellationToken)
    {
        if (Exited.IsCompleted)
            return;
        stopped = true;
        try
        {
            await calls.StopAsync(Id, "The session has ended.", StopPatience, cancellationToken);
            LookNow();
        }
        catch (RunnerLaunchException failure)
        {
            // The next sweep finds that nobody owns it.
            log.TaskNotStopped(runner, Id, failure.Message);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private void LookNow()
    {
        watch.IsChanging = true;
        poller.Hurry();
    }

    private async System.Threading.Tasks.Task<int?> WaitAsync()
    {
        var end = EcsEnd.Of(await watch.Ended, shape, calls.Cluster);
        if (!stopped)
            EndSentence = end.Sentence;
        lines.Add(RunnerLog.Engine, $"Task {Id} ended{(end.ExitCode is { } code ? $" with code {code}" : "")}. {end.Sentence}");
        return end.ExitCode;
    }
}
