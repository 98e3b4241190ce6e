using Microsoft.AspNetCore.Http.HttpResults;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Data;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Review;

/// <summary>What reviewers read: the list of sessions, one session with the check of its transcript, and the transcript itself.</summary>
public static class ReviewEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapReview(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/review/sessions").WithTags("review");
        group.MapGet("", ListAsync).RequirePermission(Permission.ReviewRead).WithSummary("Sessions by user, target, time and denials, newest first.").ProducesProblem(400);
        group.MapGet("{id}", GetAsync).RequirePermission(Permission.ReviewRead).WithSummary("One session, its transcript checked.").ProducesProblem(404);
        group.MapGet("{id}/transcript", TranscriptAsync).RequirePermission(Permission.ReviewRead).WithSummary("The stored lines of the transcript, as they were hashed.")
            .Produces<string>(200, "application/x-ndjson").ProducesProblem(404);
    }

    private static async Task<Results<Ok<ReviewPage>, ProblemHttpResult>> ListAsync(
        [AsParameters] ReviewFilter filter, SessionQueries queries, ConsoleSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (filter.State is not (null or "" or "running" or "ended"))
            return TypedResults.Problem("`state` is `running` or `ended`.", statusCode: 400);
        try
        {
            var (items, next) = await queries.ReviewAsync(filter with { State = filter.State is "" ? null : filter.State }, cancellationToken);
            return TypedResults.Ok(new ReviewPage([.. items.Select(record => ReviewItem.From(record, sessions.Find(record.Id), time.GetUtcNow()))], next));
        }
        catch (FormatException wrong)
        {
            return TypedResults.Problem(wrong.Message, statusCode: 400);
        }
    }

    private static async Task<Results<Ok<ReviewDetail>, ProblemHttpResult>> GetAsync(
        string id, SessionIndex index, ITranscriptStore transcripts, ConsoleSessions sessions, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await index.FindAsync(id, cancellationToken) is not { } record)
            return NotFound();
        var item = ReviewItem.From(record, sessions.Find(id), time.GetUtcNow());
        return TypedResults.Ok(ReviewDetail.From(item, record.PolicyRevision, await VerifyAsync(id, transcripts, cancellationToken)));
    }

    private static async Task<VerificationAnswer> VerifyAsync(string id, ITranscriptStore transcripts, CancellationToken cancellationToken)
    {
        try
        {
            return VerificationAnswer.From(await transcripts.VerifyAsync(id, cancellationToken));
        }
        catch (KeyNotFoundException)
        {
            return new VerificationAnswer(false, false, 0, "", "The transcript is missing: the index knows this session, but the store does not.");
        }
    }

    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> TranscriptAsync(
        string id, SessionIndex index, ITranscriptStore transcripts, CancellationToken cancellationToken)
    {
        if (await index.FindAsync(id, cancellationToken) is null)
            return NotFound();
        return TypedResults.Stream(
            async output =>
            {
                await foreach (var line in transcripts.ReadAsync(id, 1, follow: false, cancellationToken))
                {
                    await output.WriteAsync(line.Json, cancellationToken);
                    await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
                }
            },
            "application/x-ndjson", $"{id}.ndjson");
    }

    private static ProblemHttpResult NotFound() => TypedResults.Problem("There is no such session.", statusCode: 404);
}
