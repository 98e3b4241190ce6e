using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SafeConsole.Policies.Tests.Corpus;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>The labelled statements, judged with the database's own catalog: none that is forbidden passes, and none that is honest is refused.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class MeaningCorpusTests(DatabaseFixture database)
{
    /// <summary>Where names are judged by meaning these verdicts of names as such do not count.</summary>
    private static readonly string[] Replaced = ["function.unknown", "type.not-allowed", "operator.not-allowed", "setting.value"];

    private static readonly string[] Texts =
        [.. new[] { "denied/pg_deny.jsonl", "denied/own_meaning.jsonl", "denied/own_variants.jsonl", "allowed/pg_allow.jsonl", "allowed/own_meaning.jsonl", "allowed/own_variants.jsonl" }.SelectMany(CorpusRow.Read).SelectMany(row => row.Texts)];

    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("pg_deny.jsonl")]
    [InlineData("own_meaning.jsonl")]
    [InlineData("own_variants.jsonl")]
    public void Forbidden_statements_are_denied(string file)
    {
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read($"denied/{file}");
        IEnumerable<CorpusRow> passed = rows.Where(row => row.Expect != "deny_or_limit" && Script().Send(row.Texts).All(verdict => verdict.Outcome == VerdictOutcome.Approved));

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), passed.Select(row => $"{row.Id}: {string.Join("; ", row.Texts)}"));
    }

    [Theory]
    [InlineData("pg_allow.jsonl")]
    [InlineData("own_meaning.jsonl")]
    [InlineData("own_variants.jsonl")]
    public void Honest_statements_are_approved(string file)
    {
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read($"allowed/{file}");
        var refused = rows.Select(row => (Row: row, Verdict: Script().Send(row.Texts).FirstOrDefault(verdict => verdict.Outcome == VerdictOutcome.Denied))).Where(pair => pair.Verdict is not null);

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), refused.Select(pair => $"{pair.Row.Id}: {string.Join("; ", pair.Row.Texts)}: {pair.Verdict!.Rule}: {pair.Verdict.Reason}"));
    }

    [Fact]
    public void A_statement_that_names_alone_refuse_passes_only_where_its_names_mean_something_harmless()
    {
        var wrong = from text in Texts
                    let byMeaning = Script().Send(text)
                    where byMeaning.Outcome != VerdictOutcome.Denied
                    let byName = judge.Judge(TestPolicies.Recipes, text, "simple").Verdict
                    where byName.Outcome == VerdictOutcome.Denied && !Replaced.Contains(byName.Rule)
                    select $"{byName.Rule}: {text}";

        Assert.Equal([], wrong);
    }

    [Property(MaxTest = 3_000)]
    public Property A_statement_cut_and_spliced_ends_in_a_whole_verdict() => Prop.ForAll(Mutants().ToArbitrary(), text =>
    {
        Verdict verdict = Script().Send(text);
        return verdict.Rule.Length > 0 && verdict.Reason.Length > 0 && verdict.SqlState.Length == 5 && verdict.Position is null or >= 1;
    });

    private static Gen<string> Mutants() =>
        from text in Gen.Elements(Texts)
        from other in Gen.Elements(Texts)
        from cut in Gen.Choose(0, Math.Min(text.Length, 2_000))
        from keep in Gen.Choose(0, Math.Min(other.Length, 2_000))
        from splice in Gen.Elements(" ", ", ", " FROM ", "(", ")", ".", "::", " UNION ", " = ", "[1]", " AS t(a) ", ";")
        select string.Concat(text.AsSpan(0, cut), splice, other.AsSpan(keep));

    private SessionScript Script() => new(judge, database.Catalog);
}
