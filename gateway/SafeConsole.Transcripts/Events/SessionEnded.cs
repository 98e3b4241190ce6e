namespace SafeConsole.Transcripts.Events;

/// <summary>The last event of every transcript. <see cref="Sentence"/> is what the browser shows; <see cref="ExitCode"/> is the REPL's, where it exited itself.</summary>
public sealed record SessionEnded(SessionEndReason Reason, string Sentence, int? ExitCode) : TranscriptEvent;
