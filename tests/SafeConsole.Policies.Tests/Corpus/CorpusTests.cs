namespace SafeConsole.Policies.Tests.Corpus;

/// <summary>
/// The labelled statements of tests/statements. Rows that the text alone cannot decide stand in denied/known.tsv and allowed/known.tsv with what decides
/// them; a row that starts to pass must leave its list.
/// </summary>
public sealed class CorpusTests
{
    private static readonly StatementJudge Judge = new();

    [Fact]
    public void Forbidden_statements_are_denied_or_made_ineffective() => Compare("denied", "pg_deny.jsonl", IsStopped);

    [Fact]
    public void Ordinary_reads_are_approved() => Compare("allowed", "pg_allow.jsonl", row => row.Texts.All(text => Outcome(text) != VerdictOutcome.Denied));

    private static void Compare(string folder, string file, Func<CorpusRow, bool> isRight)
    {
        Dictionary<string, string> known = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "statements", folder, "known.tsv"))
            .Where(line => !line.StartsWith('#') && line.Length > 0)
            .Select(line => line.Split('\t'))
            .ToDictionary(cells => cells[0], cells => cells[1]);
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read(Path.Combine(folder, file));
        string[] wrong = [.. rows.Where(row => !isRight(row)).Select(row => row.Id)];

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), wrong.Where(id => !known.ContainsKey(id)).Select(id => Describe(rows.First(row => row.Id == id))));
        Assert.Equal(System.Array.Empty<string>(), known.Keys.Except(wrong).Select(id => $"{id} is right now: take it out of known.tsv"));
    }

    /// <summary>Denied at some point, or passed on only as something harmless, or held by the limits as the row says.</summary>
    private static bool IsStopped(CorpusRow row) => row.Expect == "deny_or_limit" || row.Texts.Any(text => Outcome(text) != VerdictOutcome.Approved);

    private static VerdictOutcome Outcome(string text) => Judge.Judge(TestPolicies.Recipes, text, "simple").Verdict.Outcome;

    private static string Describe(CorpusRow row)
    {
        IEnumerable<string> verdicts = row.Texts.Select(text => Judge.Judge(TestPolicies.Recipes, text, "simple").Verdict).Select(verdict => $"{verdict.Rule}: {verdict.Reason}");
        return $"{row.Id} ({row.Why}) {string.Join(" | ", verdicts)}";
    }
}
