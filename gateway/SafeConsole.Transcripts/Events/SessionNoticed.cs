namespace SafeConsole.Transcripts.Events;

/// <summary>A sentence that the session's people were told, such as a limit that comes near.</summary>
public sealed record SessionNoticed(string Code, string Sentence) : TranscriptEvent;
