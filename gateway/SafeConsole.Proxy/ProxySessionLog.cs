using Microsoft.Extensions.Logging;

namespace SafeConsole.Proxy;

/// <summary>What the proxy writes to the operational log: never SQL, never a parameter. Ids 3000 to 3099.</summary>
internal static partial class ProxySessionLog
{
    [LoggerMessage(3001, LogLevel.Information, "Session {Session}: database connection {Connection} ended by {Side} while {Stage}: {Sentence}")]
    public static partial void ConnectionEnded(ILogger log, string session, int connection, RelaySide side, RelayStage stage, string sentence);

    [LoggerMessage(3002, LogLevel.Warning, "Session {Session}: the replica of {Target} is not safe any more: {Sentence}")]
    public static partial void Tripped(ILogger log, string session, string target, string sentence);

    [LoggerMessage(3003, LogLevel.Error, "Session {Session}: database connection {Connection} failed by a defect of the gateway")]
    public static partial void Defect(ILogger log, Exception failure, string session, int connection);

    [LoggerMessage(3005, LogLevel.Error, "Session {Session}: the statement judge failed by a defect of the gateway, and the statement is denied")]
    public static partial void JudgeFailed(ILogger log, Exception failure, string session);

    [LoggerMessage(3004, LogLevel.Warning, "Session {Session}: the pin proof on {Target} failed: {Sentence}")]
    public static partial void ProofFailed(ILogger log, string session, string target, string sentence);
}
