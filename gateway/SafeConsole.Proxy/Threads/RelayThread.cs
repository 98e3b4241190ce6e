namespace SafeConsole.Proxy.Threads;

/// <summary>A thread of its own that does pieces of work one after the other. Any of them may keep it waiting; nothing else waits with it.</summary>
internal sealed class RelayThread
{
    [ThreadStatic]
    private static RelayThread? current;

    private readonly Queue<Action> work = new();
    private readonly Action ended;
    private bool stopped;

    /// <summary>Starts the thread. Throws <see cref="OutOfMemoryException"/> or <see cref="ThreadStartException"/> where there is none to be had.</summary>
    public RelayThread(string name, Action ended)
    {
        this.ended = ended;
        new Thread(Run) { IsBackground = true, Name = name }.Start();
    }

    /// <summary>Whether the caller is running on it.</summary>
    public bool IsCurrent => current == this;

    /// <summary>Does something on the thread. What awaits the result goes on there too. After <see cref="Stop"/> nothing is taken.</summary>
    public Task<T> RunAsync<T>(Func<T> piece)
    {
        var done = new TaskCompletionSource<T>();
        Post(() => Complete(done, piece));
        return done.Task;
    }

    /// <summary>Begins something on the thread, and goes on with it there for as long as it need not wait for others.</summary>
    public async Task<T> BeginAsync<T>(Func<Task<T>> flow) => await (await RunAsync(flow).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Lets the thread end when the work that it has is done.</summary>
    public void Stop()
    {
        lock (work)
        {
            stopped = true;
            Monitor.Pulse(work);
        }
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> piece)
    {
        T result;
        try
        {
            result = piece();
        }
        catch (Exception failure)
        {
            done.SetException(failure);
            return;
        }

        done.SetResult(result);
    }

    private void Post(Action piece)
    {
        lock (work)
        {
            ObjectDisposedException.ThrowIf(stopped, this);
            work.Enqueue(piece);
            Monitor.Pulse(work);
        }
    }

    private void Run()
    {
        current = this;
        while (Next() is { } piece)
        {
            piece();
        }

        ended();
    }

    private Action? Next()
    {
        lock (work)
        {
            while (work.Count == 0 && !stopped)
            {
                Monitor.Wait(work);
            }

            return work.TryDequeue(out Action? piece) ? piece : null;
        }
    }
}
