using Docker.DotNet;
using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>The engine's images; one that is absent is pulled.</summary>
internal sealed class RunnerImages(DockerEngine engine)
{
    /// <summary>The image as the engine has it; null where it has none. Throws <see cref="RunnerLaunchException"/>.</summary>
    public Task<RunnerImage?> FindAsync(string name, CancellationToken cancellationToken) => engine.AskAsync(
        async client =>
        {
            try
            {
                return RunnerImage.From(name, await client.Images.InspectImageAsync(name, cancellationToken));
            }
            catch (DockerImageNotFoundException)
            {
                return null;
            }
        },
        cancellationToken);

    /// <summary>A registry that stalls must not hold launches up for ever.</summary>
    private static readonly TimeSpan LongestPull = TimeSpan.FromMinutes(10);

    /// <summary>The image, pulled where it is absent, with the engine's progress in the runner's log. Throws <see cref="RunnerLaunchException"/>.</summary>
    public async Task<RunnerImage> GetAsync(string name, RunnerLog log, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } found)
            return found;
        log.Add("engine", $"image {name} is not on the engine; pulling it");
        if (await PullAsync(name, log, cancellationToken) is { } failure)
            throw new RunnerLaunchException($"image {name} not found on the Docker engine, and pulling it failed; pull or build it, or correct repl.image in the policy: {failure.TrimEnd('.')}.");
        return await FindAsync(name, cancellationToken) ?? throw NotFound(name);
    }

    /// <summary>Says that an image is absent.</summary>
    public static RunnerLaunchException NotFound(string name) => new($"image {name} not found on the Docker engine; pull or build it, or correct repl.image in the policy.");

    /// <summary>Why it failed, in the engine's words; null when it did not.</summary>
    private async Task<string?> PullAsync(string name, RunnerLog log, CancellationToken cancellationToken)
    {
        var progress = new PullProgress(log);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(LongestPull);
        try
        {
            await engine.Client.Images.CreateImageAsync(new ImagesCreateParameters { FromImage = name, Tag = TagOf(name) }, authConfig: null, progress, patience.Token);
            return progress.Failure;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it was not there after {LongestPull.TotalMinutes:0} minutes";
        }
        catch (DockerApiException refusal)
        {
            return EngineFailure.MessageOf(refusal);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return failure.Message;
        }
    }

    /// <summary>Without a tag or a digest the engine would pull all tags that there are. A colon before the last slash is a registry's port.</summary>
    private static string? TagOf(string name) => name.LastIndexOf(':') > name.LastIndexOf('/') ? null : "latest";
}
