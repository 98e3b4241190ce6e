namespace SafeConsole.Bench;

/// <summary>Durations that were measured one by one.</summary>
public sealed class Samples
{
    private readonly List<double> milliseconds = [];

    /// <summary>Adds the time since a <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>.</summary>
    public void AddSince(long begun) => Add(System.Diagnostics.Stopwatch.GetElapsedTime(begun).TotalMilliseconds);

    /// <summary>Adds a duration in milliseconds.</summary>
    public void Add(double duration) => milliseconds.Add(duration);

    /// <summary>The duration that <paramref name="percent"/> of the samples do not exceed, in milliseconds.</summary>
    public double Percentile(int percent)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100.0) - 1, 0, sorted.Length - 1)];
    }
}
