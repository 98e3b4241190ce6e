using System.Collections.Immutable;
using System.Text;
using SafeConsole.Policies.Meanings;
using SafeConsole.Policies.Names;
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
    private readonly VerdictCache forms = new();

    /// <summary>Loads PostgreSQL's parser, so that its absence stops the start: throws <see cref="ParserMissingException"/>.</summary>
    public StatementJudge() => _ = LibPgQuery.Instance;

    /// <summary>Judges a text under a target's policy. The protocol is `simple` or `extended`. Hostile text ends in a denial, never in an exception.</summary>
    public Judgement Judge(TargetPolicy policy, string sql, string protocol)
    {
        return Judge(policy, sql, protocol, null);
    }

    /// <summary>
    /// Judges a text by what its names mean in a session of the replica. The parameters' types are those of a Parse message (0 for one without); without them an overload is
    /// chosen only where it does not depend on them. Text that was judged to be a Parse message is to be judged again when it is bound under other paths or another catalog.
    /// </summary>
    public Judgement Judge(TargetPolicy policy, string sql, string protocol, SessionNames? session, IReadOnlyList<uint>? parameterTypes = null)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(sql);
        if (protocol is not ("simple" or "extended"))
        {
            throw new ArgumentException("The protocol is `simple` or `extended`.", nameof(protocol));
        }

        // Where a held cursor must be judged again, the verdict depends on its text.
        NamesInForce? names = session?.InForce;
        return names is { HoldsOutdated: true } ? Judge(policy, sql, names, parameterTypes) : JudgeOnce(policy, sql, names, parameterTypes);
    }

    private Judgement JudgeOnce(TargetPolicy policy, string sql, NamesInForce? names, IReadOnlyList<uint>? parameterTypes)
    {
        var key = new VerdictKey(policy, sql, names, parameterTypes);
        if (cache.Find(key) is { } known)
        {
            return known;
        }

        VerdictKey? ofForm = IntegerForm.Of(sql) is { } form ? new VerdictKey(policy, form, names, parameterTypes) : null;
        if (ofForm is { } alike && forms.Find(alike) is { } found)
        {
            return found.For(sql);
        }

        Judgement judgement = Judge(policy, sql, names, parameterTypes);
        if (ofForm is { } own && judgement.HoldsForForm)
        {
            forms.Add(own, judgement);
            return judgement;
        }

        // A text that uses names depends on what they stand for at that moment, and a denied one may be such a text.
        if (names is null || judgement.Approved is { UsesNames: false, ChangesPath: false })
        {
            cache.Add(key, judgement);
        }

        return judgement;
    }

    private static Judgement Judge(TargetPolicy policy, string sql, NamesInForce? names, IReadOnlyList<uint>? parameterTypes)
    {
        try
        {
            return JudgeAndConfirm(policy, sql, names, parameterTypes);
        }
        catch (InsufficientExecutionStackException)
        {
            return DeepStack.Run(() => JudgeAndConfirm(policy, sql, names, parameterTypes));
        }
    }

    private static Judgement JudgeAndConfirm(TargetPolicy policy, string sql, NamesInForce? names, IReadOnlyList<uint>? parameterTypes)
    {
        Judgement judgement = JudgeAnew(policy, sql, names, parameterTypes);
        return judgement.Approved is { } approved && approved.Text != sql ? Confirm(policy, judgement, approved, names, parameterTypes) : judgement;
    }

    /// <summary>What is sent in place of the submitted text is judged as well, and must need no change itself.</summary>
    private static Judgement Confirm(TargetPolicy policy, Judgement judgement, ApprovedStatement approved, NamesInForce? names, IReadOnlyList<uint>? parameterTypes)
    {
        Judgement second = JudgeAnew(policy, approved.Text, names, parameterTypes);
        bool same = second.Approved is { } again && again.Text == approved.Text && again.Parts.Length == approved.Parts.Length;
        return same
            ? judgement
            : new Judgement(new Verdict(VerdictOutcome.Denied, "sql.rewrite", "The text cannot be made harmless as a whole.", Hint("Send its statements one by one.", policy.Refusal), SqlStates.NotAllowed, null), null);
    }

    private static Judgement JudgeAnew(TargetPolicy policy, string sql, NamesInForce? names, IReadOnlyList<uint>? parameterTypes)
    {
        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql, policy.Limits.StatementLength);
        if (text is null)
        {
            // A syntax error is shown as PostgreSQL shows it, without a policy's words.
            string? hint = fault!.Rule == "sql.syntax" ? null : Hint("Send it in smaller or simpler parts.", policy.Refusal);
            return new Judgement(new Verdict(VerdictOutcome.Denied, fault.Rule, fault.Message, hint, fault.SqlState, fault.Position), null);
        }

        using (text)
        {
            var examination = new Examination(text, policy) { Session = names, Walker = names is null ? RuleSet.Walker : RuleSet.MeaningWalker };
            ImmutableArray<ApprovedPart>.Builder parts = ImmutableArray.CreateBuilder<ApprovedPart>();
            foreach (SqlNode statement in text.Statements)
            {
                SqlNode root = statement.Child("stmt") ?? new SqlNode("an unknown statement", default);
                examination.Enter(statement, root);
                SessionMeaning? meaning = names is null ? null : new SessionMeaning(policy, names, parameterTypes);
                examination.JudgeTextsBy(inner => meaning?.Judge(inner));
                examination.Walker.Walk(statement, examination);
                meaning?.Judge(examination);
                if (examination.Denial is { } denial)
                {
                    return Denied(denial, text, policy);
                }

                ApprovedPart part = StatementParts.Describe(root, examination);
                parts.Add(part);
                names = names?.After(part);
            }

            return Approved(examination, parts.ToImmutable());
        }
    }

    // Nothing but one read that is sent as it is, and about which nobody is told anything.
    private static bool HoldsForForm(Examination examination, ImmutableArray<ApprovedPart> parts) =>
        examination is { Flag: null, Edits.Count: 0, Notices.Count: 0, RunsText: false, Path: null } && parts is [{ Kind: "select" }]
        && IntegerForm.Of(examination.Text.Sql) is not null && FreeConstants.AreAll(examination.Text, examination.Root);

    private static Judgement Denied(Denial denial, PostgresText text, TargetPolicy policy) => new(
        new Verdict(VerdictOutcome.Denied, denial.Rule, denial.Reason, Hint(denial.Hint, policy.Refusal), denial.SqlState, text.Character(denial.ByteOffset)),
        null);

    private static Judgement Approved(Examination examination, ImmutableArray<ApprovedPart> parts)
    {
        Verdict verdict = examination.Flag is { } flag
            ? new Verdict(VerdictOutcome.Flagged, flag.Rule, flag.Reason, null, "00000", null)
            : new Verdict(VerdictOutcome.Approved, ReadRule, parts.IsEmpty ? "There is no statement in it." : "It only reads.", null, "00000", null);
        return new Judgement(verdict, new ApprovedStatement(Edited(examination), parts, [.. examination.Notices])) { HoldsForForm = HoldsForForm(examination, parts) };
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
