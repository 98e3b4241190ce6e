using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Why a session ends, and the sentence that its people are told.</summary>
public sealed record SessionEnding(SessionEndReason Reason, string Sentence, int? ExitCode = null);
