namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A clock that shows each of its times once, and the last one from then on; it may jump backwards, as real ones do.</summary>
internal sealed class SteppingTime(params DateTimeOffset[] times) : TimeProvider
{
    private int _next;

    public override DateTimeOffset GetUtcNow() => times[Math.Min(_next++, times.Length - 1)];
}
