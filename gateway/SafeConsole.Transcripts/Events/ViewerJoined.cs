namespace SafeConsole.Transcripts.Events;

/// <summary>Somebody other than the owner began to watch the live session.</summary>
public sealed record ViewerJoined(Person Viewer) : TranscriptEvent;
