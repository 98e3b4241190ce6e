using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// Starts runners as containers of a Docker engine on the gateway's own host. They outlive a gateway that is killed until their agents notice that the
/// link is gone; <see cref="FindAsync"/> then finds what is left. Disposing ends all of them.
/// </summary>
public sealed class DockerLauncher : IRunnerLauncher, IDisposable
{
    private static readonly TimeSpan LongestCleanUp = TimeSpan.FromSeconds(10);

    private readonly DockerOptions options;
    private readonly DockerEngine engine;
    private readonly EngineEvents events;
    private readonly RunnerImages images;
    private readonly ContainerLauncher containers;
    private readonly ConcurrentDictionary<string, DockerRunner> running = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private int launching;

    /// <summary>Asks the engine nothing yet. Launchers whose runners live on one host share the user ids.</summary>
    public DockerLauncher(DockerOptions options, UserIds users, TimeProvider time, ILogger<DockerLauncher> log)
    {
        this.options = options;
        engine = new DockerEngine(options);
        events = new EngineEvents(engine, options, time);
        images = new RunnerImages(engine);
        containers = new ContainerLauncher(options, engine, events, users, time, log);
    }

    /// <inheritdoc/>
    public string Name => "docker";

    /// <inheritdoc/>
    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        RunnerName.Check(spec.Runner);
        return await UntilStoppedAsync(token => LaunchOneAsync(spec, progress, token), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> IsPreparedAsync(RunnerShape shape, CancellationToken cancellationToken)
    {
        return UntilStoppedAsync(
            async token =>
            {
                await engine.CheckAsync(token);
                return await images.FindAsync(ImageOf(shape), token) is not null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>One pull for all who wait for the same image.</remarks>
    public Task PrepareAsync(RunnerShape shape, RunnerLog log, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        return UntilStoppedAsync(
            async token =>
            {
                var image = await images.GetAsync(ImageOf(shape), log, progress, token);
                await progress.ReachedAsync(LaunchStage.Pulling, image.Title);
                return image;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> CurrentImageAsync(RunnerShape shape, CancellationToken cancellationToken)
    {
        var name = ImageOf(shape);
        return (await images.FindAsync(name, cancellationToken) ?? throw RunnerImages.NotFound(name)).Id;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Also those that were created and never started, and those that ended and were not removed: stopping removes them. Files of runners that are gone
    /// are removed on the way.
    /// </remarks>
    public async Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken)
    {
        // Looked for first, so that a launch in between is known when it is asked for.
        var folders = ContainerFiles.AllIn(options.RuntimeDirectory);
        var listed = await engine.AskAsync(client => client.Containers.ListContainersAsync(ContainerLabels.AllOf(options), cancellationToken), cancellationToken);
        // An image's own labels stand on every container made of it, so the name must fit as well.
        FoundRunner[] found = [.. listed.Select(container => (Runner: container.Labels.TryGetValue(ContainerLabels.Runner, out var runner) ? runner : "", Container: container))
            .Where(pair => pair.Container.Names.Contains("/" + ContainerSettings.NameOf(pair.Runner)) && ContainerLabels.IsOf(options, pair.Container.Labels))
            .Select(pair => new FoundRunner(pair.Runner, pair.Container.ID))];
        foreach (var runner in folders.Where(runner => !containers.Knows(runner) && !found.Any(left => left.Runner == runner)))
            ContainerFiles.Delete(options.RuntimeDirectory, runner);
        return found;
    }

    /// <inheritdoc/>
    public async Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken)
    {
        var wasAlive = await engine.KillAsync(found.Id, cancellationToken);
        await engine.RemoveAsync(found.Id, cancellationToken);
        if (!containers.Knows(found.Runner))
            ContainerFiles.Delete(options.RuntimeDirectory, found.Runner);
        return wasAlive;
    }

    /// <summary>Ends every runner that this launcher started, and waits up to ten seconds for what is being launched, and as long for the ends.</summary>
    public void Dispose()
    {
        stopping.Cancel();
        SpinWait.SpinUntil(() => Volatile.Read(ref launching) == 0, LongestCleanUp);
        Task.Run(() => Task.WhenAll(running.Values.Select(runner => runner.StopAsync(CancellationToken.None)))).Wait(LongestCleanUp);
        events.Dispose();
        engine.Dispose();
    }

    private async Task<T> UntilStoppedAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref launching);
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
            ending.Token.ThrowIfCancellationRequested();
            return await work(ending.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RunnerLaunchException("The container was not started because the gateway is being stopped.", e);
        }
        finally
        {
            Interlocked.Decrement(ref launching);
        }
    }

    private async Task<IRunner> LaunchOneAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        LinkSocket.Open(options.LinkSocket);
        var processors = await engine.CheckAsync(cancellationToken);
        var image = await images.GetAsync(ImageOf(spec.Shape), spec.Log, progress, cancellationToken);
        await progress.ReachedAsync(LaunchStage.Pulling, image.Title);
        var runner = await containers.LaunchAsync(spec, image, processors, cancellationToken);
        running[runner.Id] = runner;
        _ = ForgetAtEndAsync(runner);
        return runner;
    }

    private async Task ForgetAtEndAsync(DockerRunner runner)
    {
        await runner.Exited;
        running.TryRemove(runner.Id, out _);
    }

    private static string ImageOf(RunnerShape shape) =>
        shape.Image ?? throw new RunnerLaunchException($"The policy of {shape.Target} says launcher: docker and names no image; set repl.image.");
}
