namespace SafeConsole.Gateway.Console;

/// <summary>Bounds what was sent to a follower and not yet acknowledged, so that a slow browser slows its own stream and nothing else.</summary>
public sealed class FollowWindow : IDisposable
{
    /// <summary>The bytes that may be unacknowledged.</summary>
    public const int Most = 512 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<(long Number, int Bytes)> sent = [];
    private readonly SemaphoreSlim room = new(0, 1);
    private long outstanding;
    private long last;

    /// <summary>Completes when less than <see cref="Most"/> is unacknowledged.</summary>
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

    /// <summary>Lines up to this event were sent.</summary>
    public void Sent(long number, int bytes)
    {
        lock (gate)
        {
            last = number;
            outstanding += bytes;
            sent.Enqueue((number, bytes));
        }
    }

    /// <summary>The follower has dealt with everything up to this event. The result is that number, cut to what was sent.</summary>
    public long Acknowledge(long number)
    {
        lock (gate)
        {
            while (sent.TryPeek(out var first) && first.Number <= number)
                outstanding -= sent.Dequeue().Bytes;
            if (outstanding < Most && room.CurrentCount == 0)
                room.Release();
            return Math.Min(number, last);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => room.Dispose();
}
