namespace SafeConsole.Transcripts.Storage;

/// <summary>How far a transcript is on the disk: events, bytes, the hash of the last line (64 hexadecimal digits) and its time.</summary>
internal sealed record DurablePoint(long Count, long Length, string Head, DateTimeOffset At)
{
    public static DurablePoint StartOf(string session) =>
        new(0, 0, TranscriptFormat.FirstPrevious(session), DateTimeOffset.MinValue);
}
