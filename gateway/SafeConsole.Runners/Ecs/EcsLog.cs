using Microsoft.Extensions.Logging;

namespace SafeConsole.Runners.Ecs;

/// <summary>The log lines of the ECS launcher: 3040 to 3059.</summary>
internal static partial class EcsLog
{
    [LoggerMessage(3040, LogLevel.Information, "Runner {Runner} runs as task {Task} on {Provider}")]
    public static partial void TaskRuns(this ILogger log, string runner, string task, string? provider);

    [LoggerMessage(3041, LogLevel.Warning, "There is no room for runner {Runner} on {Provider}: {Reason}")]
    public static partial void NoCapacity(this ILogger log, string runner, string provider, string reason);

    [LoggerMessage(3042, LogLevel.Error, "Task {Task} of runner {Runner} could not be stopped; the next look for runners that nobody owns stops it: {Reason}")]
    public static partial void TaskNotStopped(this ILogger log, string runner, string task, string reason);

    [LoggerMessage(3043, LogLevel.Warning, "{Count} tasks could not be looked at, {Failures} times in a row by now: {Reason}")]
    public static partial void TasksNotSeen(this ILogger log, int count, int failures, string reason);
}
