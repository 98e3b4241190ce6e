namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>A database that is asked again and again for as long as anybody watches it.</summary>
internal sealed class WatchedReplica : IAsyncDisposable
{
    private readonly ReplicaControl control;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly List<ReplicaWatch> watches = [];
    private readonly ITimer timer;
    private readonly TimeSpan period;
    private readonly CancellationTokenSource ending = new();
    private Task asking = Task.CompletedTask;
    private long unusedSince;

    public WatchedReplica(ReplicaControl control, TimeSpan period, TimeProvider time)
    {
        this.control = control;
        this.period = period;
        this.time = time;
        unusedSince = time.GetTimestamp();
        timer = time.CreateTimer(static watched => ((WatchedReplica)watched!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long nobody has watched it; nothing while somebody does.</summary>
    public TimeSpan UnusedFor
    {
        get
        {
            lock (gate)
            {
                return watches.Count > 0 ? TimeSpan.Zero : time.GetElapsedTime(unusedSince);
            }
        }
    }

    public ReplicaWatch Watch(Action<ReplicaControl> seen)
    {
        var watch = new ReplicaWatch(control, seen, Leave);
        lock (gate)
        {
            watches.Add(watch);
            if (watches.Count == 1)
            {
                timer.Change(period, period);
            }
        }

        return watch;
    }

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        await asking.ConfigureAwait(false);
        await control.DisposeAsync().ConfigureAwait(false);
        ending.Dispose();
    }

    private void Leave(ReplicaWatch watch)
    {
        lock (gate)
        {
            if (watches.Remove(watch) && watches.Count == 0)
            {
                unusedSince = time.GetTimestamp();
                timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Look()
    {
        lock (gate)
        {
            if (asking.IsCompleted && !ending.IsCancellationRequested)
            {
                asking = AskAsync();
            }
        }
    }

    private async Task AskAsync()
    {
        try
        {
            await control.CheckAsync(ending.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whatever it was: a statement that needs the answer asks itself, and says what is wrong.
            return;
        }

        ReplicaWatch[] all;
        lock (gate)
        {
            all = [.. watches];
        }

        foreach (ReplicaWatch watch in all)
        {
            watch.Seen();
        }
    }
}
