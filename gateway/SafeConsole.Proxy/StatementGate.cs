using SafeConsole.Policies;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy;

/// <summary>
/// The gate that every statement of every database protocol passes, in this order: recorded, judged by the policy of this moment, the
/// verdict recorded; and only then, by the caller, sent on or refused. A judge that fails has approved nothing: its statement is denied, and the defect told.
/// </summary>
internal sealed class StatementGate(string target, Func<PolicySnapshot> currentPolicies, StatementJudge judge, SessionRecord record, Action<Exception> judgeFailed)
{
    private static readonly Verdict JudgeFailed = new(
        VerdictOutcome.Denied, "judge-failed", "the gateway could not judge this statement, by a defect of its own",
        "Word it differently, and tell the people who run SafeConsole: they find the defect in the gateway's log under this session's id.", "42501", null);

    /// <summary>
    /// Records and judges what arrived, by what its names mean in the session. The caller waits for <see cref="GatedStatement.Recorded"/> before it sends; one wait serves a
    /// whole pipeline.
    /// </summary>
    public GatedStatement Submit(int connection, string protocol, string sql, SessionNames? names, IReadOnlyList<uint>? parameterTypes = null)
    {
        int number = record.NextStatement();
        record.Enqueue(new StatementSubmitted(number, connection, protocol, sql));
        return Decide(new StatementOrigin(number, protocol, sql, names, parameterTypes));
    }

    /// <summary>Records something that arrived and that no rule can allow, such as a message without text.</summary>
    public GatedStatement Refuse(int connection, string protocol, string sql, Verdict verdict)
    {
        int number = record.NextStatement();
        record.Enqueue(new StatementSubmitted(number, connection, protocol, sql));
        return Conclude(new StatementOrigin(number, protocol, sql, null, null), currentPolicies().Revision, null, verdict, null);
    }

    /// <summary>Whether the policy that the statement was judged by is still in force, and allows it by what names mean now. Nothing is recorded.</summary>
    public bool StillAllows(GatedStatement statement, SessionNames? names) => currentPolicies().Revision == statement.Revision
        && statement.Approved is { } approved
        && ((!approved.UsesNames && statement.Origin.IsJudgedLikeUnder(names)) || IsApprovedAs(approved.Text, statement.Origin with { Names = names }, statement.Policy));

    /// <summary>
    /// Judges a prepared statement again before it runs, where the policy, the catalog, search_path or the state of the transaction changed since, and always where it runs what names stand for. The same
    /// statement where nothing came of it.
    /// </summary>
    public GatedStatement Renew(GatedStatement prepared, SessionNames? names)
    {
        return prepared.Origin.IsJudgedLikeUnder(names) && StillAllows(prepared, names) ? prepared : Decide(prepared.Origin with { Names = names });
    }

    /// <summary>
    /// Where Sync would commit a transaction whose held cursor may not run any more: the refusal, on record. Null where it may be sent.
    /// </summary>
    public GatedStatement? RefuseSync(int connection, SessionNames? names)
    {
        if (names is not { SyncMustBeJudged: true } || !currentPolicies().Targets.TryGetValue(target, out TargetPolicy? policy))
        {
            return null;
        }

        Verdict verdict = judge.Judge(policy, "COMMIT", "extended", names).Verdict;
        return verdict.Outcome == VerdictOutcome.Denied ? Refuse(connection, "extended", "Sync", verdict) : null;
    }

    private bool IsApprovedAs(string text, StatementOrigin origin, TargetPolicy? policy) =>
        policy is not null && Judge(policy, origin).Approved?.Text == text;

    private GatedStatement Decide(StatementOrigin origin)
    {
        PolicySnapshot snapshot = currentPolicies();
        if (!snapshot.Targets.TryGetValue(target, out TargetPolicy? policy))
        {
            var withdrawn = new Verdict(VerdictOutcome.Denied, "target-withdrawn", "the policy of this target was removed", null, "42501", null);
            return Conclude(origin, snapshot.Revision, null, withdrawn, null);
        }

        (Verdict verdict, ApprovedStatement? approved) = Judge(policy, origin);
        return Conclude(origin, snapshot.Revision, policy, verdict, approved);
    }

    private (Verdict Verdict, ApprovedStatement? Approved) Judge(TargetPolicy policy, StatementOrigin origin)
    {
        try
        {
            Judgement judgement = judge.Judge(policy, origin.Sql, origin.Protocol, origin.Names, origin.ParameterTypes);
            return (judgement.Verdict, judgement.Approved);
        }
        catch (Exception defect)
        {
            judgeFailed(defect);
            return (JudgeFailed, null);
        }
    }

    private GatedStatement Conclude(StatementOrigin origin, string revision, TargetPolicy? policy, Verdict verdict, ApprovedStatement? approved)
    {
        record.Count(verdict.Outcome);
        string? forwarded = approved is null || approved.Text == origin.Sql ? null : approved.Text;
        Task recorded = record.Write(new StatementJudged(
            origin.Number, VerdictWord(verdict.Outcome), verdict.Rule, verdict.Reason, revision, verdict.Hint, verdict.Position, forwarded));
        return new GatedStatement(origin, revision, policy, verdict, approved, recorded);
    }

    private static string VerdictWord(VerdictOutcome outcome) => outcome switch
    {
        VerdictOutcome.Approved => "approved",
        VerdictOutcome.Flagged => "flagged",
        _ => "denied",
    };
}
