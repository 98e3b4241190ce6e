using System.Globalization;
using Docker.DotNet;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// Waits for a container's end by the engine's own wait, also across a restart of the engine. An engine may hold that answer back for ever, so it is also
/// asked for the container's state: twice a minute, and when there is a hint of the end.
/// </summary>
internal sealed class ContainerWatch
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    // An engine that answers at all has answered the wait by then, and that answer says more.
    private static readonly TimeSpan AfterHint = TimeSpan.FromSeconds(1);

    private readonly DockerEngine engine;
    private readonly DockerOptions options;
    private readonly TimeProvider time;
    private readonly string container;
    private TaskCompletionSource hint = NewHint();

    /// <summary>Begins to wait; the container was started.</summary>
    public ContainerWatch(DockerEngine engine, DockerOptions options, TimeProvider time, string container)
    {
        this.engine = engine;
        this.options = options;
        this.time = time;
        this.container = container;
        Ended = WaitAsync();
    }

    /// <summary>Completes when the container has ended or is gone, or when its engine has been gone for longer than it is waited for. Never faults.</summary>
    public Task<ContainerEnd> Ended { get; }

    /// <summary>Something makes it likely that the container has ended.</summary>
    public void Hint() => Volatile.Read(ref hint).TrySetResult();

    private static TaskCompletionSource NewHint() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<ContainerEnd> WaitAsync()
    {
        long? lostSince = null;
        while (true)
        {
            var asked = time.GetTimestamp();
            try
            {
                return await WaitOnceAsync() with { EngineLost = lostSince is not null };
            }
            catch (DockerContainerNotFoundException)
            {
                return new ContainerEnd(null) { Removed = true, EngineLost = lostSince is not null };
            }
            catch (Exception failure)
            {
                // An engine that ends cuts its answers anywhere; whatever the client makes of that, asking again shows what is.
                // One that held the question for a while was there meanwhile.
                if (EngineFailure.IsOfConnection(failure))
                    engine.Lost();
                if (lostSince is null || time.GetElapsedTime(asked) > options.EnginePatience)
                    lostSince = time.GetTimestamp();
                if (time.GetElapsedTime(lostSince.Value) > options.EnginePatience)
                    return new ContainerEnd(null) { EngineLost = true, Unknown = true };
                await Task.Delay(RetryInterval, time);
            }
        }
    }

    private async Task<ContainerEnd> WaitOnceAsync()
    {
        using var asking = new CancellationTokenSource();
        var answer = engine.Client.Containers.WaitContainerAsync(container, asking.Token);
        try
        {
            while (await Task.WhenAny(answer, LookDueAsync(asking.Token)) != answer)
            {
                if (await LookAsync() is { } ended)
                    return ended;
            }
            await answer;
            return (await ReadAsync()).End;
        }
        finally
        {
            await asking.CancelAsync();
            // Nobody asks for an answer any more, nor for its failure.
            _ = answer.ContinueWith(static late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private async Task LookDueAsync(CancellationToken cancellationToken)
    {
        var hinted = Volatile.Read(ref hint).Task;
        await Task.WhenAny(hinted, Task.Delay(LookInterval, time, cancellationToken));
        if (!hinted.IsCompleted)
            return;
        Volatile.Write(ref hint, NewHint());
        await Task.Delay(AfterHint, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Null while it runs, and where the engine does not say: its own wait is still open then.</summary>
    private async Task<ContainerEnd?> LookAsync()
    {
        try
        {
            return await ReadAsync() is { IsRunning: false } state ? state.End : null;
        }
        catch (Exception failure) when (failure is not DockerContainerNotFoundException)
        {
            return null;
        }
    }

    private async Task<(bool IsRunning, ContainerEnd End)> ReadAsync()
    {
        var state = (await engine.Client.Containers.InspectContainerAsync(container)).State!;
        var at = DateTimeOffset.TryParse(state.FinishedAt, CultureInfo.InvariantCulture, out var finished) ? finished : (DateTimeOffset?)null;
        return (state.Running, new ContainerEnd((int)state.ExitCode, state.OOMKilled, at, string.IsNullOrWhiteSpace(state.Error) ? null : state.Error));
    }
}
