namespace SafeConsole.Transcripts.Events;

/// <summary>What the REPL wrote to its terminal, byte for byte.</summary>
public sealed record TerminalOutput(TerminalBytes Data) : TranscriptEvent;
