namespace SafeConsole.Transcripts.Events;

/// <summary>The pin proof of one database connection; connection 0 is the proof made before the prompt.</summary>
public sealed record ReplicaProven(int Connection, bool Passed, IReadOnlyList<ReplicaCheck> Checks) : TranscriptEvent;
