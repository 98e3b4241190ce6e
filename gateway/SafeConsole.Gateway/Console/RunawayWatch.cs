namespace SafeConsole.Gateway.Console;

/// <summary>The average of busy processors over the last window of time, for as long as nobody was attached in it.</summary>
public sealed class RunawayWatch
{
    // A finer picture of a long window says nothing more.
    private const int MostSamples = 600;

    private readonly Queue<(DateTimeOffset At, TimeSpan Processor)> samples = [];

    /// <summary>
    /// Adds a measurement of the processor time used since the start. The average number of busy processors, once nobody has been attached for a whole
    /// window; null until then.
    /// </summary>
    public double? Add(DateTimeOffset now, TimeSpan processor, bool attached, TimeSpan window)
    {
        if (attached)
            samples.Clear();
        if (samples.Count == 0 || now - samples.Last().At >= window / MostSamples)
            samples.Enqueue((now, processor));
        // The oldest that is kept is the youngest that is a whole window old.
        while (samples.Count > 1 && now - samples.ElementAt(1).At >= window)
            _ = samples.Dequeue();
        var (since, used) = samples.Peek();
        return now - since >= window ? (processor - used) / (now - since) : null;
    }
}
