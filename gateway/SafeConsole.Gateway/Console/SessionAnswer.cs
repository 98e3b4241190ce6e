using SafeConsole.Gateway.Data;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>A session as its owner's list shows it; state is `starting`, `running` or `ended`.</summary>
public sealed record SessionAnswer(
    string Id,
    string Target,
    string Title,
    string Option,
    string? Reason,
    string State,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset? EndedAt,
    SessionEndReason? EndReason,
    string? EndSentence,
    long Statements,
    long Denied)
{
    /// <summary>From the index, with what the living session knows better.</summary>
    public static SessionAnswer From(SessionRecord record, ConsoleSession? live) => new(
        record.Id, record.Target, record.Title, record.Option, record.Reason,
        live?.State ?? "ended", record.StartedAt, live?.EndsAt, record.EndedAt, record.EndReason, record.EndSentence,
        live?.Counts.Statements ?? record.Statements, live?.Counts.Denied ?? record.Denied);
}
