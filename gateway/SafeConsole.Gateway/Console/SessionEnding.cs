using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Why a session ends, the sentence that its people are told, and when.</summary>
public sealed record SessionEnding(SessionEndReason Reason, string Sentence, int? ExitCode, DateTimeOffset At)
{
    /// <summary>False when it could not be written into the transcript.</summary>
    public bool IsRecorded { get; init; } = true;
}
