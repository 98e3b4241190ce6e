using Microsoft.Extensions.Logging;

namespace SafeConsole.Transcripts;

/// <summary>Operational log messages, ids 5000 to 5099.</summary>
internal static partial class TranscriptLog
{
    [LoggerMessage(5000, LogLevel.Warning, "Session {Session} was interrupted; its transcript is closed with {Events} events, {TornBytes} bytes of an unfinished line dropped")]
    public static partial void InterruptedClosed(this ILogger log, string session, long events, long tornBytes);

    [LoggerMessage(5001, LogLevel.Error, "The unsealed transcript of session {Session} is damaged and stays unsealed: {Fault}")]
    public static partial void InterruptedDamaged(this ILogger log, string session, string fault);

    [LoggerMessage(5002, LogLevel.Error, "The unsealed transcript of session {Session} could not be closed; the next start tries again")]
    public static partial void InterruptedNotClosed(this ILogger log, Exception cause, string session);
}
