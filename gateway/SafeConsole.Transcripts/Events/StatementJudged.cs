using System.Text.Json.Serialization;

namespace SafeConsole.Transcripts.Events;

/// <summary>
/// The verdict on a statement: `approved`, `flagged` or `denied`, the rule that decided and why. Position counts characters
/// from 1, as PostgreSQL does. <see cref="Forwarded"/> is the text sent on where it differs from what was submitted.
/// </summary>
public sealed record StatementJudged(
    int Statement,
    string Verdict,
    string Rule,
    string Reason,
    string PolicyRevision,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Hint = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Position = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Forwarded = null) : TranscriptEvent;
