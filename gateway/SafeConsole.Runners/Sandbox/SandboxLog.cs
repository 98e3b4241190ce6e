using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Sandbox;

/// <summary>The launcher's and the reaper's log lines: 3000 to 3099.</summary>
internal static partial class SandboxLog
{
    [LoggerMessage(3000, LogLevel.Information, "Sandbox {Runner} of session {Session} started as user {User} in {Milliseconds:0} ms")]
    public static partial void SandboxStarted(this ILogger log, string session, string runner, int? user, double milliseconds);

    [LoggerMessage(3001, LogLevel.Critical, "Process {Process}, PID 1 of the sandbox of session {Session}, was killed but is still there; its user id is not used again")]
    public static partial void SandboxSurvived(this ILogger log, string session, int process);

    [LoggerMessage(3010, LogLevel.Warning, "Ended the sandbox that session {Session} of an earlier gateway left behind")]
    public static partial void SandboxReaped(this ILogger log, string session);
}
