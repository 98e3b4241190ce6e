namespace SafeConsole.Proxy.Threads;

/// <summary>The two threads of one database connection: one reads from the client and writes to the replica, the other the other way round.</summary>
public sealed class RelayThreadPair : IDisposable
{
    private readonly Action ended;
    private int running = 2;

    internal RelayThreadPair(Action ended)
    {
        this.ended = ended;
        try
        {
            Forth = new RelayThread("relay forth", EndOne);
            Back = new RelayThread("relay back", EndOne);
        }
        catch
        {
            // Neither of them counts: the one that may have started ends by itself.
            Forth?.Stop();
            running = int.MaxValue;
            ended();
            throw;
        }
    }

    internal RelayThread Forth { get; }

    internal RelayThread Back { get; }

    /// <summary>Lets the threads end, which they do when nothing keeps them any more.</summary>
    public void Dispose()
    {
        Forth.Stop();
        Back.Stop();
    }

    private void EndOne()
    {
        if (Interlocked.Decrement(ref running) == 0)
        {
            ended();
        }
    }
}
