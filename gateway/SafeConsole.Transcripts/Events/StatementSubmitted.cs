namespace SafeConsole.Transcripts.Events;

/// <summary>SQL arrived from the REPL: one simple Query or one Parse message, whole. Numbered from 1 within the session. Written before it is judged.</summary>
public sealed record StatementSubmitted(int Statement, int Connection, string Protocol, string Sql) : TranscriptEvent;
