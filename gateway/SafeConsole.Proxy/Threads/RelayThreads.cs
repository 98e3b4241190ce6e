namespace SafeConsole.Proxy.Threads;

/// <summary>Gives two threads to each database connection that it still has some for. Thread-safe.</summary>
public sealed class RelayThreads(int most)
{
    /// <summary>Connections of a gateway that have threads of their own; those beyond take turns on the thread pool.</summary>
    public const int Usual = 256;

    private int taken;

    /// <summary>As many as a gateway has.</summary>
    public RelayThreads()
        : this(Usual)
    {
    }

    /// <summary>Threads for one connection, to be disposed when it is over; null where there are none left.</summary>
    public RelayThreadPair? TryTake()
    {
        if (Interlocked.Increment(ref taken) > most)
        {
            GiveBack();
            return null;
        }

        try
        {
            return new RelayThreadPair(GiveBack);
        }
        catch (Exception none) when (none is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }

    private void GiveBack() => Interlocked.Decrement(ref taken);
}
