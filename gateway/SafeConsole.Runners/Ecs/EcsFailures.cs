using Amazon.ECS;
using Amazon.ECS.Model;
using Amazon.Runtime;

namespace SafeConsole.Runners.Ecs;

/// <summary>What ECS's refusals mean, and how they are told.</summary>
internal static class EcsFailures
{
    private static readonly string[] Throttling = ["ThrottlingException", "Throttling", "ThrottledException", "RequestLimitExceeded", "TooManyRequestsException", "RequestThrottled"];

    /// <summary>Is there merely no room now, so that another capacity provider may have some?</summary>
    public static bool IsCapacity(string? reason) =>
        reason is not null && (reason.StartsWith("RESOURCE:", StringComparison.Ordinal) || reason.Contains("apacity", StringComparison.Ordinal) || IsQuota(reason));

    /// <summary>Did the call fail, rather than the code that made it?</summary>
    public static bool IsOfTheCall(Exception failure) => failure is AmazonServiceException or AmazonClientException or HttpRequestException;

    /// <summary>Too many calls: the same call may succeed later. A full quota of processors bears the same code, and waiting does not help.</summary>
    public static bool IsThrottling(Exception failure) =>
        failure is AmazonServiceException service && Throttling.Contains(service.ErrorCode) && !IsQuota(service.Message);

    /// <summary>Says that a task is not known: it stopped more than an hour ago, or never was.</summary>
    public static bool IsUnknownTask(Exception failure) =>
        failure is InvalidParameterException or ClientException && failure.Message.Contains("not found", StringComparison.OrdinalIgnoreCase);

    /// <summary>A failure of a call in one sentence.</summary>
    public static string Sentence(Exception failure) => failure switch
    {
        AmazonECSException { ErrorCode.Length: > 0 } refused => $"ECS: {refused.ErrorCode}, {WithoutStop(refused.Message)}.",
        AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException => $"ECS could not be reached: {WithoutStop((failure.InnerException ?? failure).Message)}.",
        _ => $"ECS: {WithoutStop(failure.Message)}.",
    };

    /// <summary>A reason without a full stop at its end, for use in a sentence.</summary>
    public static string WithoutStop(string text) => text.ReplaceLineEndings(" ").Trim().TrimEnd('.');

    // Spot and on-demand processors have a quota each.
    private static bool IsQuota(string message) => message.Contains("limit on the number of", StringComparison.Ordinal);
}
