using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Data;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Review;

/// <summary>A session as the review list shows it. Failed statements were passed on and answered with an error; denied ones were not passed on.</summary>
public sealed record ReviewItem(
    string Id,
    string User,
    string Subject,
    string Target,
    string Title,
    string Option,
    string? Reason,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string State,
    SessionEndReason? EndReason,
    string? EndSentence,
    long Statements,
    long Denied,
    long Flagged,
    long Failed,
    long Rows,
    double DurationSeconds)
{
    /// <summary>From the index, with what the living session knows better.</summary>
    public static ReviewItem From(SessionRecord record, ConsoleSession? live, DateTimeOffset now)
    {
        var counts = live?.Counts ?? new SessionCounts(record.Statements, record.Denied, record.Flagged, record.Failed, record.Rows);
        return new ReviewItem(
            record.Id, record.UserName, record.Subject, record.Target, record.Title, record.Option, record.Reason, record.StartedAt, record.EndedAt,
            live?.State ?? "ended", record.EndReason, record.EndSentence,
            counts.Statements, counts.Denied, counts.Flagged, counts.Failed, counts.Rows,
            Math.Max(0, ((record.EndedAt ?? now) - record.StartedAt).TotalSeconds));
    }
}
