using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>The console's operational log: ids and reasons, never SQL nor terminal bytes.</summary>
internal static partial class ConsoleLog
{
    [LoggerMessage(1001, LogLevel.Information, "Session {Session} opened on {Target} under policy {Revision}")]
    public static partial void SessionOpened(ILogger log, string session, string target, string revision);

    [LoggerMessage(1002, LogLevel.Information, "Session {Session} ends: {Reason}")]
    public static partial void SessionEnding(ILogger log, string session, SessionEndReason reason);

    [LoggerMessage(1003, LogLevel.Error, "Session {Session} failed")]
    public static partial void SessionFailed(ILogger log, string session, Exception failure);

    [LoggerMessage(1004, LogLevel.Error, "Runner {Runner} of session {Session} could not be stopped in time")]
    public static partial void RunnerNotStopped(ILogger log, string session, string runner, Exception failure);

    [LoggerMessage(1005, LogLevel.Error, "The transcript of session {Session} could not be sealed")]
    public static partial void TranscriptNotSealed(ILogger log, string session, Exception failure);

    [LoggerMessage(1006, LogLevel.Error, "Session {Session} could not be written to the index; the next start writes it from the transcript")]
    public static partial void IndexFailed(ILogger log, string session, Exception failure);

    [LoggerMessage(1007, LogLevel.Information, "The gateway stops: ending {Count} sessions")]
    public static partial void Stopping(ILogger log, int count);

    [LoggerMessage(1008, LogLevel.Warning, "Closed {Count} transcripts that an earlier gateway left open")]
    public static partial void ClosedInterrupted(ILogger log, int count);

    [LoggerMessage(1009, LogLevel.Information, "Indexed {Count} sessions from their transcripts")]
    public static partial void Indexed(ILogger log, int count);

    [LoggerMessage(1010, LogLevel.Warning, "A link of {Peer} was refused: {Why}")]
    public static partial void LinkRefused(ILogger log, string peer, string why);

    [LoggerMessage(1013, LogLevel.Warning, "{Count} further links of {Peer} were refused in a minute")]
    public static partial void LinksRefused(ILogger log, int count, string peer);

    [LoggerMessage(1012, LogLevel.Warning, "What the runner of session {Session} uses cannot be measured for now")]
    public static partial void UsageNotMeasured(ILogger log, string session, Exception failure);

    [LoggerMessage(1011, LogLevel.Error, "The transcript of session {Session} cannot be read")]
    public static partial void TranscriptUnreadable(ILogger log, string session, Exception failure);
}
