namespace SafeConsole.Transcripts.Events;

/// <summary>A database connection ended; <see cref="End"/> says by whom and where, bytes are those sent to the REPL.</summary>
public sealed record DatabaseDisconnected(int Connection, string End, long Bytes) : TranscriptEvent;
