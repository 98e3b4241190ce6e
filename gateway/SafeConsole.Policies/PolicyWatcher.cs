using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using SafeConsole.Policies.Loading;

namespace SafeConsole.Policies;

/// <summary>
/// Loads the policy folder's content when it changed and has come to rest. What is loaded is exactly what was seen twice, a quiet time apart; so it does
/// not matter how an editor or git writes files.
/// </summary>
public sealed class PolicyWatcher(PolicyStore store, PolicyWatcherOptions options, TimeProvider time, ILogger<PolicyWatcher> log)
{
    /// <summary>Watches until cancelled; returns then.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // One pending change is enough: a look sees everything.
        Channel<bool> changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        FileSystemWatcher? watcher = null;
        bool reported = false;
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                if (watcher is null)
                {
                    watcher = TryWatch(changes.Writer, ref reported);
                }
                else if (!Directory.Exists(store.Folder))
                {
                    watcher.Dispose();
                    watcher = null;
                }

                await LookAsync(cancellationToken).ConfigureAwait(false);
                await WaitAsync(changes.Reader, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to stop.
        }
        finally
        {
            watcher?.Dispose();
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        PolicyFolderContent content = PolicyFolder.Read(store.Folder);
        if (content.Revision == store.SeenRevision)
        {
            return;
        }

        while (true)
        {
            await Task.Delay(options.Quiet, time, cancellationToken).ConfigureAwait(false);
            PolicyFolderContent again = PolicyFolder.Read(store.Folder);
            if (again.Revision == content.Revision)
            {
                break;
            }

            content = again;
        }

        if (content.Revision != store.SeenRevision)
        {
            await store.ApplyAsync(content, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(ChannelReader<bool> changes, CancellationToken cancellationToken)
    {
        using var poll = new CancellationTokenSource(options.Poll, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancellationToken);
        try
        {
            await changes.ReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look unasked.
        }
    }

    private FileSystemWatcher? TryWatch(ChannelWriter<bool> changes, ref bool reported)
    {
        try
        {
            var watcher = new FileSystemWatcher(store.Folder) { IncludeSubdirectories = true };
            watcher.Changed += (_, _) => changes.TryWrite(true);
            watcher.Created += (_, _) => changes.TryWrite(true);
            watcher.Deleted += (_, _) => changes.TryWrite(true);
            watcher.Renamed += (_, _) => changes.TryWrite(true);
            watcher.Error += (_, _) => changes.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            reported = false;
            return watcher;
        }
        catch (Exception failure) when (failure is IOException or ArgumentException or UnauthorizedAccessException)
        {
            if (!reported)
            {
                PolicyLog.NotWatched(log, store.Folder, options.Poll.TotalSeconds, failure.Message);
                reported = true;
            }

            return null;
        }
    }
}
