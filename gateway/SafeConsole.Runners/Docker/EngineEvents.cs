using System.Collections.Concurrent;
using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>One stream of the engine's events for all containers of this gateway; opened with the first of them, and again when it breaks.</summary>
internal sealed class EngineEvents(DockerEngine engine, DockerOptions options, TimeProvider time) : IProgress<Message>, IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ContainerEvents> containers = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource ending = new();
    private int following;

    /// <summary>Tells <paramref name="events"/> of a container from now on.</summary>
    public void Add(string container, ContainerEvents events)
    {
        containers[container] = events;
        if (Interlocked.Exchange(ref following, 1) == 0)
            _ = FollowAsync();
    }

    /// <summary>The container is gone.</summary>
    public void Remove(string container) => containers.TryRemove(container, out _);

    /// <inheritdoc/>
    public void Report(Message value)
    {
        if (value.Actor?.ID is { } container && containers.TryGetValue(container, out var events))
            events.Take(value.Action, value.TimeNano ?? 0, value.Actor.Attributes);
    }

    public void Dispose() => ending.Cancel();

    private async Task FollowAsync()
    {
        var end = ending.Token;
        var filters = ContainerLabels.FilterFor(options);
        filters["type"] = new Dictionary<string, bool> { ["container"] = true };
        while (!end.IsCancellationRequested)
        {
            try
            {
                await engine.Client.System.MonitorEventsAsync(new ContainerEventsParameters { Filters = filters }, this, end);
            }
            catch (Exception)
            {
                // The engine is gone, or this launcher is; each runner's own wait says the former.
            }
            // The stream ends with its engine, whether anything else was asked of it meanwhile or not.
            engine.Lost();
            await Task.Delay(RetryInterval, time, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
