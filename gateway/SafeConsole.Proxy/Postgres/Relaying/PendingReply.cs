using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>A message that was passed on and whose answer is awaited.</summary>
internal readonly record struct PendingReply(ReplyKind Kind)
{
    /// <summary>What it runs or prepares, for the record of its end.</summary>
    public StatementRun? Run { get; init; }

    /// <summary>Set when the message was refused: the server's error is replaced by this one.</summary>
    public ErrorMessage? Refusal { get; init; }

    /// <summary>Which names change when the server confirms; for a simple query one entry for each of its statements, null where none changes.</summary>
    public IReadOnlyList<NameChange?>? Changes { get; init; }

    /// <summary>The statements that it runs, where one of them changes what later ones mean; null otherwise.</summary>
    public ApprovedStatement? Runs { get; init; }

    /// <summary>When it was sent, as a <see cref="TimeProvider"/> timestamp.</summary>
    public long Sent { get; init; }
}
