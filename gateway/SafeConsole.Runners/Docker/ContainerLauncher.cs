using System.Collections.Concurrent;
using Docker.DotNet.Models;
using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Docker;

/// <summary>One container's way from nothing to a running agent, with as few calls as can be: create, attach, start. Leaves nothing where it fails.</summary>
internal sealed class ContainerLauncher(DockerOptions options, DockerEngine engine, EngineEvents events, UserIds users, TimeProvider time, ILogger log)
{
    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);

    /// <summary>True from before a runner's first file is written until all that it left is removed.</summary>
    public bool Knows(string runner) => known.ContainsKey(runner);

    /// <summary>Completes when the agent runs; <paramref name="processors"/> is how many the engine has. Throws <see cref="RunnerLaunchException"/>.</summary>
    public async Task<DockerRunner> LaunchAsync(RunnerSpec spec, RunnerImage image, int processors, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var user = users.Take();
        ContainerFiles? files = null;
        ContainerOutput? output = null;
        string? container = null;
        try
        {
            known[spec.Runner] = true;
            files = ContainerFiles.Write(options.RuntimeDirectory, spec.Runner, user);
            container = await CreateAsync(spec, ContainerSettings.For(spec, image, files, options, user, processors), image);
            cancellationToken.ThrowIfCancellationRequested();
            output = await AttachAsync(container, spec, cancellationToken);
            var seen = new ContainerEvents(spec.Log);
            events.Add(container, seen);
            await engine.AskAsync(client => client.Containers.StartContainerAsync(container, null, cancellationToken), cancellationToken, image.Name);
            var watch = new ContainerWatch(engine, options, time, container);
            // The streams end with the container.
            _ = output.Ended.ContinueWith(_ => watch.Hint(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            await WaitForAgentAsync(output, watch.Ended, seen, spec, cancellationToken);
            log.ContainerStarted(spec.Runner, container[..12], user, time.GetElapsedTime(began).TotalMilliseconds);
            return new DockerRunner(container, image, spec, engine, output, seen, watch, ended => ForgetAsync(spec.Runner, container, user, files, output, ended));
        }
        catch
        {
            await ForgetAsync(spec.Runner, container ?? ContainerSettings.NameOf(spec.Runner), user, files, output, end: null);
            throw;
        }
    }

    /// <summary>Is not given up in the middle: a container whose creation nobody waited for would be found by the next sweep only.</summary>
    private async Task<string> CreateAsync(RunnerSpec spec, CreateContainerParameters settings, RunnerImage image)
    {
        var created = await engine.AskAsync(client => client.Containers.CreateContainerAsync(settings, CancellationToken.None), CancellationToken.None, image.Name);
        foreach (var warning in created.Warnings ?? [])
            spec.Log.Add(RunnerLog.Engine, warning);
        return created.ID;
    }

    private async Task<ContainerOutput> AttachAsync(string container, RunnerSpec spec, CancellationToken cancellationToken)
    {
        var stream = await engine.AskAsync(
            client => client.Containers.AttachContainerAsync(container, new() { Stream = true, Stdin = true, Stdout = true, Stderr = true }, cancellationToken), cancellationToken);
        var output = new ContainerOutput(stream, spec.Log);
        try
        {
            await output.SendTicketAsync(spec.Ticket, cancellationToken);
            return output;
        }
        catch (IOException failure)
        {
            output.Dispose();
            throw EngineFailure.Explain(failure, options);
        }
    }

    private async Task WaitForAgentAsync(ContainerOutput output, Task<ContainerEnd> end, ContainerEvents seen, RunnerSpec spec, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(output.Running, end).WaitAsync(options.LaunchTimeout, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new RunnerLaunchException($"The runner's container started, but its agent did not run within {options.LaunchTimeout.TotalSeconds:0} s.", e);
        }
        if (output.Running.IsCompleted)
            return;
        var ended = await end;
        await output.Ended.WaitAsync(options.LaunchTimeout, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (output.Running.IsCompleted)
            return;
        throw new RunnerLaunchException(
            "The runner's container ended before its agent ran: "
            + (EndSentence.For(ended, seen, output.LastError, spec.Shape.Limits) ?? $"it ended with code {ended.Code}."));
    }

    /// <summary>Never throws: the session's end hangs on it. What cannot be removed now, the sweep removes.</summary>
    private async Task ForgetAsync(string runner, string container, int user, ContainerFiles? files, ContainerOutput? output, ContainerEnd? end)
    {
        events.Remove(container);
        output?.Dispose();
        try
        {
            if (end is not { Removed: true })
                await engine.RemoveAsync(container, CancellationToken.None);
            files?.Delete();
            users.Return(user);
        }
        catch (Exception failure) when (failure is RunnerLaunchException or IOException or UnauthorizedAccessException)
        {
            // It may be running still, so its user id is not lent again.
            log.ContainerNotRemoved(runner, container, failure.Message);
        }
        known.TryRemove(runner, out _);
    }
}
