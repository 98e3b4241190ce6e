namespace SafeConsole.Transcripts.Events;

/// <summary>A live watcher left.</summary>
public sealed record ViewerLeft(Person Viewer) : TranscriptEvent;
