using SafeConsole.Policies;

namespace SafeConsole.Gateway.Console;

/// <summary>The limits that a developer meets; times in seconds, memory in bytes, processors as how many may be busy.</summary>
public sealed record LimitsAnswer(
    double StatementTimeoutSeconds, long RowsPerStatement, long BytesPerStatement, double SessionSeconds, double IdleSeconds, double Processors, long Memory)
{
    /// <summary>From a policy.</summary>
    public static LimitsAnswer From(LimitPolicy limits) => new(
        limits.StatementTimeout.TotalSeconds, limits.RowsPerStatement, limits.BytesPerStatement, limits.SessionLength.TotalSeconds, limits.Idle.TotalSeconds,
        limits.Processors, limits.Memory);
}
