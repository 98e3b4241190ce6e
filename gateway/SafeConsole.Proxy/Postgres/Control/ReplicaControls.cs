using SafeConsole.Policies;

namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>
/// The gateway's own knowledge of its databases, one for each that sessions use. While anybody watches a database it is asked twice a second; afterwards its catalog is kept
/// for a while. Thread-safe.
/// </summary>
public sealed class ReplicaControls(ICredentialSource credentials, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    private readonly Lock gate = new();
    private readonly Dictionary<ControlKey, WatchedReplica> open = [];

    /// <summary>Begins to watch a database; <paramref name="seen"/> is called after each answer. Disposing the watch ends it.</summary>
    internal ReplicaWatch Watch(DatabasePolicy database, Action<ReplicaControl> seen)
    {
        lock (gate)
        {
            ForgetUnused();
            ControlKey key = ControlKey.Of(database);
            if (!open.TryGetValue(key, out WatchedReplica? watched))
            {
                open[key] = watched = new WatchedReplica(new ReplicaControl(database, credentials, time), Period, time);
            }

            return watched.Watch(seen);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        WatchedReplica[] all;
        lock (gate)
        {
            all = [.. open.Values];
            open.Clear();
        }

        foreach (WatchedReplica watched in all)
        {
            await watched.DisposeAsync().ConfigureAwait(false);
        }
    }

    private void ForgetUnused()
    {
        foreach ((ControlKey key, WatchedReplica watched) in open.Where(pair => pair.Value.UnusedFor > Kept).ToArray())
        {
            open.Remove(key);
            _ = watched.DisposeAsync().AsTask();
        }
    }
}
