using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SafeConsole.Policies.Tests.Corpus;

namespace SafeConsole.Policies.Tests.Judging;

/// <summary>What holds for any text at all.</summary>
public sealed class JudgeProperties
{
    private static readonly StatementJudge Judge = new();
    private static readonly string[] Corpus = [.. CorpusRow.Read("denied/pg_deny.jsonl").Concat(CorpusRow.Read("allowed/pg_allow.jsonl")).SelectMany(row => row.Texts)];
    private static readonly string[] Splices = ["'", "\"", ";", "--", "/*", "*/", "$$", "$q$", "\\", "(", ")", "\r", "\n", "U&\"", "E'", "::", "\ud800", "é", " INTO x ", " FOR UPDATE ", "\0"];

    [Property(MaxTest = 2_000)]
    public bool Any_string_ends_in_a_whole_verdict(string? text) => IsWhole(text ?? "");

    [Property(MaxTest = 2_000)]
    public bool Any_bytes_end_in_a_whole_verdict(byte[] bytes) => IsWhole(System.Text.Encoding.Latin1.GetString(bytes)) && IsWhole(System.Text.Encoding.UTF8.GetString(bytes));

    [Property(MaxTest = 4_000)]
    public Property A_corpus_statement_cut_and_spliced_ends_in_a_whole_verdict() => Prop.ForAll(Mutants().ToArbitrary(), IsWhole);

    /// <summary>However a text is glued behind a read, a write in it is not passed on.</summary>
    [Property(MaxTest = 2_000)]
    public Property A_write_behind_anything_is_never_passed_on() => Prop.ForAll(
        Mutants().ToArbitrary(),
        head => Judge.Judge(TestPolicies.Recipes, head + "\n;DELETE FROM reviews", "simple") is var judgement
            && (judgement.Approved is null || !judgement.Approved.Parts.Any(part => part.Kind == "delete") && IsHiddenFromServer(judgement.Approved.Text)));

    private static Gen<string> Mutants() =>
        from text in Gen.Elements(Corpus)
        from cut in Gen.Choose(0, Math.Min(text.Length, 4_000))
        from splice in Gen.Elements(Splices)
        from keep in Gen.Choose(0, 3)
        select string.Concat(text.AsSpan(0, cut), splice, text.AsSpan(Math.Min(text.Length, cut + keep)));

    /// <summary>The glued write stood in a comment or a literal: what is sent has no statement in its place.</summary>
    private static bool IsHiddenFromServer(string sent) => SafeConsole.Policies.Sql.PostgresParser.Parse(sent).Text is { } tree && tree.Statements.All(statement => statement.Child("stmt")?.Type != "DeleteStmt");

    private static bool IsWhole(string text)
    {
        Judgement judgement = Judge.Judge(TestPolicies.Recipes, text, "simple");
        bool denied = judgement.Verdict.Outcome == VerdictOutcome.Denied;
        bool placed = judgement.Verdict.Position is null or >= 1 && (judgement.Verdict.Position ?? 0) <= text.Length + 1;
        return denied == (judgement.Approved is null) && judgement.Verdict.Rule.Length > 0 && judgement.Verdict.Reason.Length > 0 && judgement.Verdict.SqlState.Length == 5 && placed;
    }
}
