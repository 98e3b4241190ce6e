namespace SafeConsole.Transcripts.Events;

/// <summary>The terminal got another size, in character cells.</summary>
public sealed record TerminalResized(int Columns, int Rows) : TranscriptEvent;
