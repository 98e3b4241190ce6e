using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts;

/// <summary>
/// One parsed line: the event, its number (from 1), the UTC time of its recording in whole microseconds, and the SHA-256 of the
/// line before it in lower-case hexadecimal.
/// </summary>
public sealed record TranscriptRecord(long Number, DateTimeOffset At, string Previous, TranscriptEvent Happened);
