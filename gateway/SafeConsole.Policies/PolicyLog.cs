using Microsoft.Extensions.Logging;

namespace SafeConsole.Policies;

/// <summary>What the policy store and its watcher tell the operational log.</summary>
internal static partial class PolicyLog
{
    [LoggerMessage(1101, LogLevel.Information, "Policy revision {Revision} with {Targets} targets is in force")]
    public static partial void InForce(ILogger log, string revision, int targets);

    [LoggerMessage(1102, LogLevel.Error, "Policy revision {Revision} is not valid, {InForce} stays in force: {Problems}")]
    public static partial void Invalid(ILogger log, string revision, string inForce, string problems);

    [LoggerMessage(1103, LogLevel.Error, "A subscriber to policy changes failed")]
    public static partial void SubscriberFailed(ILogger log, Exception failure);

    [LoggerMessage(1104, LogLevel.Warning, "The policy folder {Folder} cannot be watched, it is looked at every {Seconds} s: {Reason}")]
    public static partial void NotWatched(ILogger log, string folder, double seconds, string reason);
}
