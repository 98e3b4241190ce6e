using Microsoft.AspNetCore.Http.HttpResults;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Data;
using SafeConsole.Policies;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Opening, listing and ending one's own sessions.</summary>
public static class SessionEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/sessions").WithTags("console");
        group.MapPost("", OpenAsync).RequirePermission(Permission.ConsoleOpen).WithSummary("Opens a session; its launch is seen by following it.")
            .ProducesProblem(403).ProducesProblem(404).ProducesProblem(422).ProducesProblem(429).ProducesProblem(503);
        group.MapGet("", ListAsync).RequirePermission(Permission.ConsoleOpen).WithSummary("The caller's running and last 50 sessions, newest first.");
        group.MapGet("{id}", GetAsync).RequirePermission(Permission.SessionRead).WithSummary("One session, for its owner and for reviewers.").ProducesProblem(404);
        group.MapDelete("{id}", EndAsync).RequirePermission(Permission.SessionEnd).WithSummary("Ends a session, for its owner and for SREs; answers when all of it is gone.").ProducesProblem(404);
    }

    private static async Task<Results<Created<OpenedSession>, ProblemHttpResult>> OpenAsync(
        OpenSessionBody body, HttpContext context, CallerReader callers, PolicyStore policies, ConsoleSessions sessions, CancellationToken cancellationToken)
    {
        var snapshot = policies.Current;
        var caller = callers.Require(context);
        if (!snapshot.Targets.TryGetValue(body.Target ?? "", out var target))
            return Problem(404, "There is no target of that name.");
        if (TargetAdmission.WhyNot(target, caller) is { } whyNot)
            return Problem(403, whyNot);
        var option = body.Option is null ? target.Repl.Options[0] : target.Repl.Options.FirstOrDefault(offered => offered.Name == body.Option);
        if (option is null)
            return Problem(422, $"{target.Name} does not offer that option; it offers {string.Join(", ", target.Repl.Options.Select(offered => offered.Name))}.");
        var reason = string.IsNullOrWhiteSpace(body.Reason) ? null : body.Reason.Trim();
        int columns = body.Columns ?? 80, rows = body.Rows ?? 24;
        if ((ReasonRule.Problem(target.Access, reason) ?? (TerminalSize.IsValid(columns, rows) ? null : TerminalSize.Rule)) is { } problem)
            return Problem(422, problem);
        try
        {
            var session = await sessions.OpenAsync(new SessionRequest(caller, target, option, reason, snapshot.Revision, columns, rows), cancellationToken);
            return TypedResults.Created($"/api/sessions/{session.Id}", new OpenedSession(session.Id));
        }
        catch (SessionLimitException limit)
        {
            return Problem(429, limit.Message);
        }
        catch (TranscriptFailedException)
        {
            return Problem(503, "The transcript cannot be written, and what is not on record must not happen. Tell the people who run SafeConsole.");
        }
    }

    private static async Task<IReadOnlyList<SessionAnswer>> ListAsync(
        HttpContext context, CallerReader callers, SessionQueries queries, ConsoleSessions sessions, CancellationToken cancellationToken)
    {
        var records = await queries.OfOwnerAsync(callers.Require(context).Person, 50, cancellationToken);
        return [.. records.Select(record => SessionAnswer.From(record, sessions.Find(record.Id)))];
    }

    private static async Task<Results<Ok<SessionAnswer>, ProblemHttpResult>> GetAsync(
        string id, HttpContext context, CallerReader callers, SessionAccess access, SessionIndex index, ConsoleSessions sessions, CancellationToken cancellationToken) =>
        await access.ReadableAsync(callers.Require(context), id, cancellationToken) is not null && await index.FindAsync(id, cancellationToken) is { } record
            ? TypedResults.Ok(SessionAnswer.From(record, sessions.Find(id)))
            : NotFound();

    private static async Task<Results<NoContent, ProblemHttpResult>> EndAsync(
        string id, HttpContext context, CallerReader callers, ConsoleSessions sessions)
    {
        var caller = callers.Require(context);
        if (sessions.Find(id) is not { } session)
            return NotFound();
        if (caller.Is(session.Owner.Person))
            session.Ending.TryEnd(SessionEndReason.EndedByOwner, $"Ended by {caller.Person.Name}.");
        else if (caller.May(Permission.SessionEndAny))
            session.Ending.TryEnd(SessionEndReason.EndedByOperator, $"Ended by {caller.Person.Name}, who runs SafeConsole.");
        else
            return NotFound();
        await session.Closed;
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NotFound() => Problem(404, "There is no such session, or it is not yours.");

    private static ProblemHttpResult Problem(int status, string sentence) => TypedResults.Problem(sentence, statusCode: status);
}
