using Docker.DotNet;
using Docker.DotNet.Unix;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// The connection to the engine. Every call goes through <see cref="AskAsync{T}"/>, whose failures are <see cref="RunnerLaunchException"/>s. The engine's
/// own newest API version is spoken, for what is used here is in all of them from 1.41 to today's.
/// </summary>
internal sealed class DockerEngine : IDisposable
{
    private readonly DockerOptions options;
    private readonly DockerClient client;
    private readonly Lock gate = new();
    private int processors;
    private int losses;

    public DockerEngine(DockerOptions options)
    {
        this.options = options;
        client = new DockerClientBuilder()
            .WithEndpoint(new Uri("unix://" + options.EngineSocket))
            .WithTimeout(options.LaunchTimeout)
            // The environment's proxy is for what leaves the host.
            .WithTransportOptions(new UnixSocketTransportOptions { ConfigureHandler = handler => handler.UseProxy = false })
            .Build();
    }

    /// <summary>The calls themselves, for who handles their failures.</summary>
    public IDockerClient Client => client;

    /// <summary>Makes a call. Its failure is explained; <paramref name="image"/> is what is being started by it.</summary>
    public async Task<T> AskAsync<T>(Func<IDockerClient, Task<T>> question, CancellationToken cancellationToken, string? image = null)
    {
        try
        {
            return await question(client);
        }
        catch (Exception failure) when (failure is not RunnerLaunchException)
        {
            // The client wraps a cancellation as it does any other failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(failure, image);
        }
    }

    /// <summary>Makes a call that answers nothing.</summary>
    public Task AskAsync(Func<IDockerClient, Task> question, CancellationToken cancellationToken, string? image = null) =>
        AskAsync(async engine => { await question(engine); return true; }, cancellationToken, image);

    /// <summary>
    /// Sees once, and again whenever the engine was away, that it enforces what is asked of it: where the kernel cannot limit something, it only warns, and starts the container without.
    /// Returns the number of processors, for it refuses a limit above. Throws <see cref="RunnerLaunchException"/>.
    /// </summary>
    public async Task<int> CheckAsync(CancellationToken cancellationToken)
    {
        int seen;
        lock (gate)
        {
            if (processors > 0)
                return processors;
            seen = losses;
        }
        var info = await AskAsync(engine => engine.System.GetSystemInfoAsync(cancellationToken), cancellationToken);
        if (!info.MemoryLimit || !info.PidsLimit || !info.CPUCfsQuota)
            throw new RunnerLaunchException($"The Docker engine at {options.EngineSocket} cannot limit memory, processes and processors; its kernel needs the cgroup controllers memory, pids and cpu.");
        if (!info.SecurityOptions.Any(option => option.StartsWith("name=seccomp", StringComparison.Ordinal) && !option.Contains("unconfined", StringComparison.Ordinal)))
            throw new RunnerLaunchException($"The Docker engine at {options.EngineSocket} runs containers without a seccomp profile; give it its default one.");
        lock (gate)
        {
            // What an engine said that has gone since says nothing about the next.
            if (seen == losses)
                processors = (int)info.NCPU;
        }
        return (int)info.NCPU;
    }

    /// <summary>The connection to the engine broke: what comes back may be another one, or have other settings.</summary>
    public void Lost()
    {
        lock (gate)
        {
            losses++;
            processors = 0;
        }
    }

    /// <summary>Kills a container and removes it with all that it holds. False when there was none.</summary>
    public async Task<bool> RemoveAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            await client.Containers.RemoveContainerAsync(container, new() { Force = true, RemoveVolumes = true }, cancellationToken);
            return true;
        }
        catch (DockerContainerNotFoundException)
        {
            return false;
        }
        catch (DockerApiException refusal) when (refusal.StatusCode == System.Net.HttpStatusCode.Conflict)
        {
            // Somebody else is removing it.
            return true;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(failure);
        }
    }

    /// <summary>Kills a container; true when it was running.</summary>
    public async Task<bool> KillAsync(string container, CancellationToken cancellationToken)
    {
        try
        {
            await client.Containers.KillContainerAsync(container, new(), cancellationToken);
            return true;
        }
        catch (DockerApiException refusal) when (refusal.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Conflict)
        {
            return false;
        }
        catch (Exception failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(failure);
        }
    }

    public void Dispose() => client.Dispose();

    private RunnerLaunchException Explain(Exception failure, string? image = null)
    {
        if (EngineFailure.IsOfConnection(failure))
            Lost();
        return EngineFailure.Explain(failure, options, image);
    }
}
