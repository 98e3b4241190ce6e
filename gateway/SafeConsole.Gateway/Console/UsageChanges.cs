using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// Which measurements are worth a line of the record: those that differ from the last recorded one, and one every half minute. A reader lets a value stand
/// until the next.
/// </summary>
public sealed class UsageChanges
{
    private const double SameProcessors = 0.015;
    private const long SameMemory = 256 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private RunnerMeasured? recorded;
    private DateTimeOffset at;

    /// <summary>True, and remembered, when the measurement is to be recorded.</summary>
    public bool IsNews(RunnerMeasured measured, DateTimeOffset now)
    {
        if (recorded is not null && now - at < Longest
            && Math.Abs(measured.Processors - recorded.Processors) < SameProcessors && Math.Abs(measured.Memory - recorded.Memory) < SameMemory)
        {
            return false;
        }

        (recorded, at) = (measured, now);
        return true;
    }
}
