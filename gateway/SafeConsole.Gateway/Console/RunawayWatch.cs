namespace SafeConsole.Gateway.Console;

/// <summary>
/// The average of busy processors over the last window of time in which nobody was attached. Time with somebody attached does not count, and as much
/// of it takes away as much of the oldest time that does: a glance at the session puts the end off by as long as the glance, and whoever stays for a
/// whole window begins it anew. A runner is so left alone only where somebody is there for at least half of the time.
/// </summary>
public sealed class RunawayWatch
{
    // A finer picture of a long window says nothing more.
    private const int MostSlices = 600;

    private readonly LinkedList<(TimeSpan Length, TimeSpan Processor)> unattended = [];
    private (DateTimeOffset At, TimeSpan Processor)? last;

    /// <summary>
    /// Adds a measurement of the processor time used since the start, and whether somebody was attached since the one before. The average number of busy
    /// processors, once there is a whole window of time without anybody; null until then.
    /// </summary>
    public double? Add(DateTimeOffset now, TimeSpan processor, bool attached, TimeSpan window)
    {
        (var before, last) = (last, (now, processor));
        // A clock that was put back measures nothing.
        if (before is not { } earlier || now <= earlier.At)
            return null;
        if (attached)
            Drop(now - earlier.At);
        else
            Count((now - earlier.At, processor - earlier.Processor), window / MostSlices);
        Drop(Total() - window);
        return !attached && Total() >= window ? unattended.Aggregate(TimeSpan.Zero, (sum, slice) => sum + slice.Processor) / Total() : null;
    }

    private TimeSpan Total() => unattended.Aggregate(TimeSpan.Zero, (sum, slice) => sum + slice.Length);

    private void Count((TimeSpan Length, TimeSpan Processor) slice, TimeSpan finest)
    {
        if (unattended.Last is { } newest && newest.Value.Length < finest)
            newest.Value = (newest.Value.Length + slice.Length, newest.Value.Processor + slice.Processor);
        else
            unattended.AddLast(slice);
    }

    /// <summary>Takes away so much of the oldest time, and of a slice its share.</summary>
    private void Drop(TimeSpan length)
    {
        while (length > TimeSpan.Zero && unattended.First is { } oldest)
        {
            var (whole, processor) = oldest.Value;
            if (whole <= length)
                unattended.RemoveFirst();
            else
                oldest.Value = (whole - length, processor * ((whole - length) / whole));
            length -= whole;
        }
    }
}
