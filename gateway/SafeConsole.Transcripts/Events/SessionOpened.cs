namespace SafeConsole.Transcripts.Events;

/// <summary>The first event of every transcript: who opened which target, why, and under which policy revision.</summary>
public sealed record SessionOpened(
    string Session,
    Person User,
    string Target,
    string Option,
    string? Reason,
    string PolicyRevision,
    int Columns,
    int Rows) : TranscriptEvent;
