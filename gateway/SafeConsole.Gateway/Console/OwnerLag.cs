namespace SafeConsole.Gateway.Console;

/// <summary>
/// How much terminal output the owner has not yet seen. Beyond 1 MiB the pump stops reading, which reaches the REPL as a terminal that
/// takes no more; so a runaway output costs neither memory nor disk while nobody looks. Another tab that lags does not hold back the
/// one that keeps up: the furthest acknowledgement counts.
/// </summary>
public sealed class OwnerLag : IDisposable
{
    /// <summary>The bytes of output that may be unseen.</summary>
    public const int Most = 1024 * 1024;

    // A line costs more than its bytes; this keeps single bytes from piling up by the million.
    private const int Overhead = 128;

    private readonly Lock gate = new();
    private readonly Queue<(long Number, int Cost)> unseen = [];
    private readonly SemaphoreSlim room = new(0, 1);
    private long acknowledged;
    private long outstanding;

    /// <summary>Completes when the owner lags by less than <see cref="Most"/>.</summary>
    public async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            lock (gate)
            {
                if (outstanding < Most)
                    return;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Output of this many bytes goes to the transcript; the result is its cost for <see cref="Recorded"/>.</summary>
    public int Appending(int bytes)
    {
        lock (gate)
        {
            outstanding += bytes + Overhead;
            return bytes + Overhead;
        }
    }

    /// <summary>The output became the event of this number. Called in order of numbers.</summary>
    public void Recorded(long number, int cost)
    {
        lock (gate)
        {
            if (number <= acknowledged)
                outstanding -= cost;
            else
                unseen.Enqueue((number, cost));
        }
    }

    /// <summary>The owner has seen everything up to this event.</summary>
    public void Acknowledge(long number)
    {
        lock (gate)
        {
            acknowledged = Math.Max(acknowledged, number);
            while (unseen.TryPeek(out var first) && first.Number <= acknowledged)
                outstanding -= unseen.Dequeue().Cost;
            if (outstanding < Most && room.CurrentCount == 0)
                room.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();
}
