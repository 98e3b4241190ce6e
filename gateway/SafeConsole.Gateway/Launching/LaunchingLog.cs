namespace SafeConsole.Gateway.Launching;

/// <summary>Log lines of booting, the warm pool and the sweep: 1200 to 1299.</summary>
internal static partial class LaunchingLog
{
    [LoggerMessage(1200, LogLevel.Error, "Runner {Runner} did not go within its time; the sweep goes on trying")]
    public static partial void RunnerNotStopped(ILogger log, string runner, Exception failure);

    [LoggerMessage(1201, LogLevel.Warning, "No warm runner for {Target}, tried again in {Seconds:0} s: {Reason}")]
    public static partial void WarmBootFailed(ILogger log, string target, double seconds, string reason);

    [LoggerMessage(1202, LogLevel.Information, "Warm runner {Runner} for {Target} is dropped: {Reason}")]
    public static partial void WarmDropped(ILogger log, string runner, string target, string reason);

    [LoggerMessage(1203, LogLevel.Error, "The warm pool could not be looked after; it is tried again")]
    public static partial void WarmPoolFailed(ILogger log, Exception failure);

    [LoggerMessage(1204, LogLevel.Error, "The look for runners that nobody owns failed; it is tried again in a minute")]
    public static partial void SweepFailed(ILogger log, Exception failure);
}
