using System.Globalization;
using Docker.DotNet;

namespace SafeConsole.Runners.Docker;

/// <summary>Waits for a container's end by the engine's own wait, also across a restart of the engine.</summary>
internal sealed class ContainerWatch(DockerEngine engine, DockerOptions options, TimeProvider time)
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Completes when the container has ended or is gone, or when its engine has been gone for longer than it is waited for. Never faults.</summary>
    public async Task<ContainerEnd> WaitAsync(string container)
    {
        long? lostSince = null;
        while (true)
        {
            var asked = time.GetTimestamp();
            try
            {
                await engine.Client.Containers.WaitContainerAsync(container, CancellationToken.None);
                return await ReadAsync(container) with { EngineLost = lostSince is not null };
            }
            catch (DockerContainerNotFoundException)
            {
                return new ContainerEnd(null) { Removed = true, EngineLost = lostSince is not null };
            }
            catch (Exception)
            {
                // An engine that ends cuts its answers anywhere; whatever the client makes of that, asking again shows what is.
                // One that held the question for a while was there meanwhile.
                if (lostSince is null || time.GetElapsedTime(asked) > options.EnginePatience)
                    lostSince = time.GetTimestamp();
                if (time.GetElapsedTime(lostSince.Value) > options.EnginePatience)
                    return new ContainerEnd(null) { EngineLost = true, Unknown = true };
                await Task.Delay(RetryInterval, time);
            }
        }
    }

    private async Task<ContainerEnd> ReadAsync(string container)
    {
        var state = (await engine.Client.Containers.InspectContainerAsync(container)).State!;
        var at = DateTimeOffset.TryParse(state.FinishedAt, CultureInfo.InvariantCulture, out var finished) ? finished : (DateTimeOffset?)null;
        return new ContainerEnd((int)state.ExitCode, state.OOMKilled, at, string.IsNullOrWhiteSpace(state.Error) ? null : state.Error);
    }
}
