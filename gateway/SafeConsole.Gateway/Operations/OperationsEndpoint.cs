using Microsoft.AspNetCore.Http.HttpResults;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Launching;
using SafeConsole.Policies;
using SafeConsole.Runners;

namespace SafeConsole.Gateway.Operations;

/// <summary>What runs now, for SREs.</summary>
public static class OperationsEndpoint
{
    /// <summary>Maps the routes.</summary>
    public static void MapRunning(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/operations").RequirePermission(Permission.OperationsRead).WithTags("operations");
        group.MapGet("", Get).WithSummary("The living sessions with what their runners use, and the warm runners of each target.");
        group.MapGet("sessions/{id}/usage", GetUsage).ProducesProblem(404)
            .WithSummary("What a living session's runner used, by the second, at most the last quarter of an hour; with `after`, only what was measured later.");
    }

    private static OperationsAnswer Get(ConsoleSessions sessions, FollowWindows followers, WarmPool pool, PolicyStore policies, IEnumerable<IRunnerLauncher> launchers)
    {
        var targets = policies.Current.Targets;
        var warm = pool.Shelves.Select(shelf => Describe(shelf, targets.GetValueOrDefault(shelf.Target)?.Repl.Warm ?? 0));
        return new OperationsAnswer(
            [.. launchers.Select(launcher => launcher.Name)],
            [.. sessions.All.OrderBy(session => session.StartedAt).Select(session => Describe(session, followers.IsAttached(session.Id)))],
            [.. warm.OrderBy(answer => answer.Target, StringComparer.Ordinal)]);
    }

    private static Results<Ok<IEnumerable<UsageAnswer>>, ProblemHttpResult> GetUsage(string id, DateTimeOffset? after, ConsoleSessions sessions) =>
        sessions.Find(id) is { } session
            ? TypedResults.Ok(session.Usages.After(after).Select(each => new UsageAnswer(each.At, each.Measured.Processors, each.Measured.Memory)))
            : TypedResults.Problem("No living session has that id.", statusCode: StatusCodes.Status404NotFound);

    private static WarmAnswer Describe(WarmShelf shelf, int wanted)
    {
        var (ready, booting) = shelf.Counts;
        return new WarmAnswer(shelf.Target, wanted, ready, booting, shelf.Problem);
    }

    private static LiveSessionAnswer Describe(ConsoleSession session, bool followed) => new(
        session.Id, session.Target.Name, session.Target.Title, session.Owner.Person.Name, session.State, session.StartedAt, session.EndsAt,
        session.Target.Repl.Launcher, session.Runner?.Runner.Id, session.Usage?.Processors, session.Usage?.Memory,
        session.Target.Limits.Memory, session.Target.Limits.Processors, session.Counts.Statements, session.Counts.Denied, followed);
}
