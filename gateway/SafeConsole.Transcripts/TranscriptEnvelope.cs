namespace SafeConsole.Transcripts;

/// <summary>
/// The fixed head of a line, read in place. <see cref="Previous"/> are 64 hexadecimal digits, <see cref="Body"/> is everything after
/// the head: the event's JSON object without its opening brace.
/// </summary>
internal readonly ref struct TranscriptEnvelope(long number, DateTimeOffset at, ReadOnlySpan<byte> previous, ReadOnlySpan<byte> body)
{
    public long Number { get; } = number;

    public DateTimeOffset At { get; } = at;

    public ReadOnlySpan<byte> Previous { get; } = previous;

    public ReadOnlySpan<byte> Body { get; } = body;
}
