using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners;

/// <summary>The log lines of the launchers and the reaper: 3000 to 3099.</summary>
internal static partial class RunnersLog
{
    [LoggerMessage(3000, LogLevel.Information, "Sandbox {Process} of runner {Runner} started as user {User} in {Milliseconds:0} ms")]
    public static partial void SandboxStarted(this ILogger log, string runner, string process, int? user, double milliseconds);

    [LoggerMessage(3001, LogLevel.Critical, "Process {Process}, PID 1 of the sandbox of runner {Runner}, was killed but is still there; its user id is not used again")]
    public static partial void SandboxSurvived(this ILogger log, string runner, int process);

    [LoggerMessage(3002, LogLevel.Warning, "The record of the sandbox of runner {Runner} could not be removed; the next gateway removes it")]
    public static partial void RecordNotRemoved(this ILogger log, string runner, Exception failure);

    [LoggerMessage(3003, LogLevel.Error, "The memory of the sandbox of runner {Runner} could not be watched any more, so it is ended")]
    public static partial void MemoryWatchFailed(this ILogger log, string runner, Exception failure);

    [LoggerMessage(3004, LogLevel.Error, "How the sandbox of runner {Runner} ended could not be found out; it counts as ended")]
    public static partial void SandboxEndUnclear(this ILogger log, string runner, Exception failure);

    [LoggerMessage(3005, LogLevel.Critical, "The sandbox of runner {Runner} could not be killed")]
    public static partial void SandboxNotKilled(this ILogger log, string runner, Exception failure);

    [LoggerMessage(3020, LogLevel.Information, "Container {Container} of runner {Runner} started as user {User} in {Milliseconds:0} ms")]
    public static partial void ContainerStarted(this ILogger log, string runner, string container, int user, double milliseconds);

    [LoggerMessage(3021, LogLevel.Error, "Container {Container} of runner {Runner} could not be removed; its user id is not used again, and the next look for runners that nobody owns removes it: {Reason}")]
    public static partial void ContainerNotRemoved(this ILogger log, string runner, string container, string reason);

    [LoggerMessage(3010, LogLevel.Warning, "Ended {Launcher} runner {Runner} ({Id}), which no living session owned")]
    public static partial void RunnerReaped(this ILogger log, string launcher, string runner, string id);

    [LoggerMessage(3011, LogLevel.Error, "The engine of the launcher {Launcher} could not be asked for runners that nobody owns; the next look is in a minute: {Reason}")]
    public static partial void EngineNotAsked(this ILogger log, string launcher, string reason);

    [LoggerMessage(3012, LogLevel.Error, "{Launcher} runner {Runner} belongs to no living session and could not be stopped; it is tried again in a minute: {Reason}")]
    public static partial void RunnerNotReaped(this ILogger log, string launcher, string runner, string reason);
}
