using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>A session cannot start. The message is the sentence that its people are told.</summary>
public sealed class SessionRefusedException(SessionEndReason reason, string message) : Exception(message)
{
    /// <summary>The reason under which the session ends.</summary>
    public SessionEndReason Reason { get; } = reason;
}
