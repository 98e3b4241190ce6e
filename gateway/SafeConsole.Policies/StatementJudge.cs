using System.Collections.Immutable;
using System.Text;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies;

/// <summary>
/// Decides whether SQL may be sent to a replica. The text is parsed with PostgreSQL's own grammar and every node of every statement in it must be known to
/// be harmless. One instance serves any number of threads.
/// </summary>
public sealed class StatementJudge
{
    /// <summary>The rule of a text that holds nothing but reads.</summary>
    public const string ReadRule = "read";

    private readonly VerdictCache cache = new();

    /// <summary>Loads PostgreSQL's parser, so that its absence stops the start: throws <see cref="ParserMissingException"/>.</summary>
    public StatementJudge() => _ = LibPgQuery.Instance;

    /// <summary>Judges a text under a target's policy. The protocol is `simple` or `extended`. Hostile text ends in a denial, never in an exception.</summary>
    public Judgement Judge(TargetPolicy policy, string sql, string protocol)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sql);
        if (protocol is not ("simple" or "extended"))
        {
            throw new ArgumentException("The protocol is `simple` or `extended`.", nameof(protocol));
        }

        if (cache.Find(policy, sql) is { } known)
        {
            return known;
        }

        Judgement judgement = JudgeAnew(policy, sql);
        if (judgement.Approved is { } approved && approved.Text != sql)
        {
            judgement = Confirm(policy, judgement, approved);
        }

        cache.Add(policy, sql, judgement);
        return judgement;
    }

    /// <summary>What is sent in place of the submitted text is judged as well, and must need no change itself.</summary>
    private static Judgement Confirm(TargetPolicy policy, Judgement judgement, ApprovedStatement approved)
    {
        Judgement second = JudgeAnew(policy, approved.Text);
        bool same = second.Approved is { } again && again.Text == approved.Text && again.Parts.Length == approved.Parts.Length;
        return same
            ? judgement
            : new Judgement(new Verdict(VerdictOutcome.Denied, "sql.rewrite", "The text cannot be made harmless as a whole.", Hint("Send its statements one by one.", policy.Refusal), SqlStates.NotAllowed, null), null);
    }

    private static Judgement JudgeAnew(TargetPolicy policy, string sql)
    {
        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql);
        if (text is null)
        {
            // A syntax error is shown as PostgreSQL shows it, without a policy's words.
            string? hint = fault!.Rule == "sql.syntax" ? null : Hint("Send it in smaller or simpler parts.", policy.Refusal);
            return new Judgement(new Verdict(VerdictOutcome.Denied, fault.Rule, fault.Message, hint, fault.SqlState, fault.Position), null);
        }

        using (text)
        {
            var examination = new Examination(text, policy);
            ImmutableArray<ApprovedPart>.Builder parts = ImmutableArray.CreateBuilder<ApprovedPart>();
            foreach (SqlNode statement in text.Statements)
            {
                SqlNode root = statement.Child("stmt") ?? new SqlNode("an unknown statement", default);
                examination.Enter(statement, root);
                RuleSet.Walker.Walk(statement, examination);
                if (examination.Denial is { } denial)
                {
                    return Denied(denial, text, policy);
                }

                parts.Add(StatementParts.Describe(root));
            }

            return Approved(examination, parts.ToImmutable());
        }
    }

    private static Judgement Denied(Denial denial, PostgresText text, TargetPolicy policy) => new(
        new Verdict(VerdictOutcome.Denied, denial.Rule, denial.Reason, Hint(denial.Hint, policy.Refusal), denial.SqlState, text.Character(denial.ByteOffset)),
        null);

    private static Judgement Approved(Examination examination, ImmutableArray<ApprovedPart> parts)
    {
        Verdict verdict = examination.Flag is { } flag
            ? new Verdict(VerdictOutcome.Flagged, flag.Rule, flag.Reason, null, "00000", null)
            : new Verdict(VerdictOutcome.Approved, ReadRule, parts.IsEmpty ? "There is no statement in it." : "It only reads.", null, "00000", null);
        return new Judgement(verdict, new ApprovedStatement(Edited(examination), parts, [.. examination.Notices]));
    }

    private static string Edited(Examination examination)
    {
        if (examination.Edits.Count == 0)
        {
            return examination.Text.Sql;
        }

        var edited = new StringBuilder();
        int from = 0;
        foreach (TextEdit edit in examination.Edits)
        {
            edited.Append(examination.Text.Slice(from, edit.Start - from)).Append(edit.Replacement);
            from = edit.Start + edit.Length;
        }

        return edited.Append(examination.Text.Slice(from, examination.Text.Utf8.Length - from)).ToString();
    }

    private static string Hint(string instead, RefusalPolicy refusal) =>
        string.Join(' ', new[] { instead, refusal.Text, refusal.Link?.ToString() }.Where(part => !string.IsNullOrWhiteSpace(part)));
}
