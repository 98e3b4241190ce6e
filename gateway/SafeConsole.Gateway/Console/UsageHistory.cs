using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>What a runner used in each second of the last quarter of an hour, for whoever begins to look later. For all threads.</summary>
public sealed class UsageHistory
{
    /// <summary>How many measurements are kept: one a second.</summary>
    public const int Most = 15 * 60;

    private readonly Queue<(DateTimeOffset At, RunnerMeasured Measured)> measurements = new();

    /// <summary>Adds the newest measurement and forgets the oldest where there are more than <see cref="Most"/>.</summary>
    public void Add(DateTimeOffset at, RunnerMeasured measured)
    {
        lock (measurements)
        {
            measurements.Enqueue((at, measured));
            if (measurements.Count > Most)
                measurements.Dequeue();
        }
    }

    /// <summary>Those that were made after a moment, or all, the oldest first.</summary>
    public IReadOnlyList<(DateTimeOffset At, RunnerMeasured Measured)> After(DateTimeOffset? moment)
    {
        lock (measurements)
            return [.. measurements.Where(each => moment is null || each.At > moment)];
    }
}
