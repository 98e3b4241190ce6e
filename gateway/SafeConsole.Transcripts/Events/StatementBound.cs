namespace SafeConsole.Transcripts.Events;

/// <summary>A prepared statement is about to run with these parameters: text, `\x`-prefixed hex for binary values, null for NULL. Written before it is passed on. Of a denied statement: was to run, and did not.</summary>
public sealed record StatementBound(int Statement, int Execution, IReadOnlyList<string?> Parameters) : TranscriptEvent;
