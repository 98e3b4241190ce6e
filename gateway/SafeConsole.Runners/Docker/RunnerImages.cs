using Docker.DotNet;
using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>The engine's images; one that is absent is pulled, once for all who wait for it at a time.</summary>
internal sealed class RunnerImages(DockerEngine engine)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, SharedPull> pulls = new(StringComparer.Ordinal);

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

    /// <summary>
    /// The image, pulled where it is absent, with each of the engine's steps in the runner's log and a sentence now and then for <paramref name="progress"/>.
    /// Throws <see cref="RunnerLaunchException"/>.
    /// </summary>
    public async Task<RunnerImage> GetAsync(string name, RunnerLog log, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is { } found)
            return found;
        if (await Join(name, log, progress).WaitAsync(log, cancellationToken) is { } failure)
            throw new RunnerLaunchException($"image {name} not found on the Docker engine, and pulling it failed; pull or build it, or correct repl.image in the policy: {failure.TrimEnd('.')}.");
        return await FindAsync(name, cancellationToken) ?? throw NotFound(name);
    }

    /// <summary>Says that an image is absent.</summary>
    public static RunnerLaunchException NotFound(string name) => new($"image {name} not found on the Docker engine; pull or build it, or correct repl.image in the policy.");

    /// <summary>The pull of this image that is under way, or one that begins.</summary>
    private SharedPull Join(string name, RunnerLog log, ILaunchProgress progress)
    {
        lock (gate)
        {
            if (pulls.TryGetValue(name, out var underWay) && underWay.TryJoin(log, progress))
            {
                log.Add(RunnerLog.Engine, $"image {name} is not on the engine; waiting for its pull, which is under way");
                return underWay;
            }
            log.Add(RunnerLog.Engine, $"image {name} is not on the engine; pulling it");
            var pull = pulls[name] = new SharedPull($"Pulling {name}.", (joined, abandoned) => PullAsync(name, joined, abandoned));
            pull.TryJoin(log, progress);
            return pull;
        }
    }

    private async Task<string?> PullAsync(string name, SharedPull joined, CancellationToken abandoned)
    {
        try
        {
            // The pull before this one may have ended just now.
            return await FindAsync(name, abandoned) is null ? await PullAnewAsync(name, joined, abandoned) : null;
        }
        finally
        {
            // One that was given up may have a successor already.
            lock (gate)
            {
                if (!abandoned.IsCancellationRequested)
                    pulls.Remove(name);
            }
        }
    }

    /// <summary>Why it failed, in the engine's words; null when it did not.</summary>
    private async Task<string?> PullAnewAsync(string name, SharedPull joined, CancellationToken cancellationToken)
    {
        var progress = new PullProgress(name, joined);
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
