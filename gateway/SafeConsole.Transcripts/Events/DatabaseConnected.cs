namespace SafeConsole.Transcripts.Events;

/// <summary>The REPL opened a database connection. Connections are numbered from 1 within their session.</summary>
public sealed record DatabaseConnected(int Connection, string Application) : TranscriptEvent;
