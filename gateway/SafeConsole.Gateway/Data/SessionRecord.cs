using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Data;

/// <summary>A session as lists show it. Everything here can be computed again from its transcript.</summary>
public sealed class SessionRecord
{
    /// <summary>The session's id.</summary>
    public required string Id { get; init; }

    /// <summary>The owner's issuer; with <see cref="Subject"/> the owner's key.</summary>
    public required string Issuer { get; init; }

    /// <summary>The owner's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The owner's name, for display.</summary>
    public required string UserName { get; init; }

    /// <summary>The target's name.</summary>
    public required string Target { get; init; }

    /// <summary>The target's title as it was then, or its name where the policy is gone.</summary>
    public required string Title { get; set; }

    /// <summary>The option that was chosen.</summary>
    public required string Option { get; init; }

    /// <summary>Why the session was opened.</summary>
    public string? Reason { get; init; }

    /// <summary>The policy revision under which it was opened.</summary>
    public required string PolicyRevision { get; init; }

    /// <summary>When the session was opened.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why it ended; null while it runs.</summary>
    public SessionEndReason? EndReason { get; set; }

    /// <summary>The sentence that its people were told at the end.</summary>
    public string? EndSentence { get; set; }

    /// <summary>Statements submitted.</summary>
    public long Statements { get; set; }

    /// <summary>Statements that the gate denied.</summary>
    public long Denied { get; set; }

    /// <summary>Statements that were passed on and marked.</summary>
    public long Flagged { get; set; }

    /// <summary>Statements that were passed on and that the replica answered with an error.</summary>
    public long Failed { get; set; }

    /// <summary>Rows that the replica returned.</summary>
    public long Rows { get; set; }

    /// <summary>Takes over what was counted.</summary>
    public void Take(SessionCounts counts)
    {
        Statements = counts.Statements;
        Denied = counts.Denied;
        Flagged = counts.Flagged;
        Failed = counts.Failed;
        Rows = counts.Rows;
    }
}
