using SafeConsole.Policies;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy;

/// <summary>
/// The gate that every statement of every database protocol passes, in this order: recorded, judged by the policy of this moment, the
/// verdict recorded; and only then, by the caller, sent on or refused.
/// </summary>
internal sealed class StatementGate(string target, Func<PolicySnapshot> currentPolicies, Func<TargetPolicy, string, string, Judgement> judge, SessionRecord record)
{
    /// <summary>Records and judges what arrived. The caller waits for <see cref="GatedStatement.Recorded"/> before it sends; one wait serves a whole pipeline.</summary>
    public GatedStatement Submit(int connection, string protocol, string sql)
    {
        int number = record.NextStatement();
        record.Enqueue(new StatementSubmitted(number, connection, protocol, sql));
        return Decide(number, protocol, sql);
    }

    /// <summary>Records something that arrived and that no rule can allow, such as a message without text.</summary>
    public GatedStatement Refuse(int connection, string protocol, string sql, Verdict verdict)
    {
        int number = record.NextStatement();
        record.Enqueue(new StatementSubmitted(number, connection, protocol, sql));
        return Conclude(number, protocol, sql, currentPolicies().Revision, null, verdict, null);
    }

    /// <summary>Judges a prepared statement again before it runs where the policy changed since; the same statement where it did not.</summary>
    public GatedStatement Renew(GatedStatement prepared) =>
        currentPolicies().Revision == prepared.Revision ? prepared : Decide(prepared.Number, prepared.Protocol, prepared.Sql);

    private GatedStatement Decide(int number, string protocol, string sql)
    {
        PolicySnapshot snapshot = currentPolicies();
        if (!snapshot.Targets.TryGetValue(target, out TargetPolicy? policy))
        {
            var withdrawn = new Verdict(VerdictOutcome.Denied, "target-withdrawn", "the policy of this target was removed", null, "42501", null);
            return Conclude(number, protocol, sql, snapshot.Revision, null, withdrawn, null);
        }

        Judgement judgement = judge(policy, sql, protocol);
        return Conclude(number, protocol, sql, snapshot.Revision, policy, judgement.Verdict, judgement.Approved);
    }

    private GatedStatement Conclude(
        int number, string protocol, string sql, string revision, TargetPolicy? policy, Verdict verdict, ApprovedStatement? approved)
    {
        record.Count(verdict.Outcome);
        string? forwarded = approved is null || approved.Text == sql ? null : approved.Text;
        Task recorded = record.Write(new StatementJudged(
            number, verdict.Outcome.ToString().ToLowerInvariant(), verdict.Rule, verdict.Reason, revision, verdict.Hint, verdict.Position, forwarded));
        return new GatedStatement(number, sql, protocol, revision, policy, verdict, approved, recorded);
    }
}
