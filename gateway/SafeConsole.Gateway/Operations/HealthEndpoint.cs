using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.PolicyAdmin;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Operations;

/// <summary>The gateway's health: for everybody in one word, for SREs in detail.</summary>
public static class HealthEndpoint
{
    /// <summary>Maps the route.</summary>
    public static void MapHealth(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/health", Get).RequirePermission(Permission.Anyone).WithTags("operations")
            .WithSummary("Healthy, degraded or unhealthy (503), and which policies are in force; details for SREs.");

    private static IResult Get(HttpContext context, CallerReader callers, PolicyStore policies, ConsoleSessions sessions, GatewayClock clock, RecordProbe record)
    {
        var snapshot = policies.Current;
        var failure = PolicyFailures.Answer(policies);
        var status = !record.IsWritable() ? "unhealthy" : failure is not null ? "degraded" : "healthy";
        var detailed = callers.Read(context.User)?.May(Permission.OperationsRead) == true;
        var answer = new HealthAnswer(
            status,
            new PolicyHealth(snapshot.Revision, snapshot.LoadedAt, failure is null, detailed ? failure : null),
            detailed ? sessions.All.Count : null,
            detailed ? Math.Round(clock.Uptime.TotalSeconds) : null);
        return Results.Json(answer, statusCode: status == "unhealthy" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
