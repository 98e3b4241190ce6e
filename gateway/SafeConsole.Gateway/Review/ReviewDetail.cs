using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Review;

/// <summary>A session's item with the policy revision it was opened under and what checking its transcript found.</summary>
public sealed record ReviewDetail(
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
    double DurationSeconds,
    string PolicyRevision,
    VerificationAnswer Verification)
{
    /// <summary>Adds to the item.</summary>
    public static ReviewDetail From(ReviewItem item, string policyRevision, VerificationAnswer verification) => new(
        item.Id, item.User, item.Subject, item.Target, item.Title, item.Option, item.Reason, item.StartedAt, item.EndedAt, item.State,
        item.EndReason, item.EndSentence, item.Statements, item.Denied, item.Flagged, item.Failed, item.Rows, item.DurationSeconds,
        policyRevision, verification);
}
