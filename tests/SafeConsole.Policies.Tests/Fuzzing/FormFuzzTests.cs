using System.Text.RegularExpressions;
using SafeConsole.Policies.Tests.Meanings;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>
/// A verdict that is kept for a text's form against the judge without memory: for the whole corpus, for statements made of it with numbers in every place, and for random queries, a text
/// with other numbers gets what it would get if it were judged anew.
/// </summary>
[Collection(DatabaseCollection.Name)]
public sealed partial class FormFuzzTests(DatabaseFixture database, ITestOutputHelper output)
{
    // As they are, and with numbers where strings and parameters stand, for text with strings has no form.
    private static readonly string[] Seeds = [.. SqlSeeds.Statements.Concat(SqlSeeds.Statements.Select(text => Values().Replace(text, "7"))).Distinct()];

    private static readonly TextMutator Numbers = new(
    [
        "5", "-5", "- 5", "0", "123456789", "2147483648", "5.5", "5e3", "1_0", "t1", " = 5", " = -5 ", " <> 5 ", " + 5 ", " - 5 ", " * 5", " % 5", " IN (1, 22, 333)", " NOT IN (4)", " BETWEEN 3 AND 44 ",
        " NOT BETWEEN SYMMETRIC 3 AND 4 ", " LIMIT 5", " OFFSET 33", " LIMIT (5)", " LIMIT 5 + 5", " FETCH FIRST 3 ROWS ONLY", " FETCH FIRST 3 ROWS WITH TIES", " ORDER BY 1", " ORDER BY 22 + 1", " GROUP BY 2",
        " HAVING 5 > 3 ", "CAST(5 AS numeric(5, 2))", "CAST(5 AS float(24))", "CAST(5 AS varchar(7))", "float(25)", "pg_sleep(5)", "generate_series(1, 10)", "abs(5)", "round(5, 2)", "lpad(title, 5)",
        " OVER (ROWS 3 PRECEDING)", " OVER (ORDER BY 1)", "(5)", "\"1\"", "\"a 5 b\"", "\"5", "CASE 5 WHEN 5 THEN 1 ELSE 2 END", "COALESCE(5, 6)", "NULLIF(5, 6)", "5 IS DISTINCT FROM 6", "5 = ANY (1)",
        "ROW(5, 6) = ROW(7, 8)", "(5, 6) = (7, 8)", "(5, 6) IN (7)", "EXISTS (SELECT 1)", "(SELECT 5)", "x IN (SELECT 5)", "VALUES (5, 6)", " UNION SELECT 5", "WITH c AS (SELECT 5) ", " TABLESAMPLE bernoulli (5) ",
        " TABLESAMPLE system (5) REPEATABLE (6) ", "EXPLAIN ", "SET statement_timeout = 5", "SHOW ", ";", "; ", "SELECT ", " FROM recipes ", " WHERE id = 5", " AND id > 10 ", "substring(title FROM 2 FOR 3)",
        "OPERATOR(pg_catalog.+)", "interval(3)", "timestamp(3)", "bit(5)", " INTO x ", " FOR UPDATE ", "nextval(5)", "pg_advisory_lock(1)", "lo_create(0)", "EXTRACT(year FROM 5)", "id[5]", "id[1:5]",
    ]);

    private readonly StatementJudge kept = new();

    private int hits;

    [Fact]
    public void Every_statement_of_the_corpus_with_other_numbers_gets_its_own_verdict()
    {
        var random = new Random(1);
        foreach (string text in Seeds)
        {
            Compare(text, random);
        }

        Assert.True(hits > 20, $"Only {hits} verdicts were taken from a form.");
    }

    [Fact]
    public void Statements_with_numbers_in_every_place_get_their_own_verdict()
    {
        var random = new Random(1);
        var run = new FuzzRun<string>(Seeds, Numbers.Mutate, text => Compare(text, random), SqlSeeds.Show) { MostAllocated = 256 * 1024 * 1024 };
        foreach (FuzzReport report in run.Run(4_000))
        {
            output.WriteLine($"{report}; {hits} verdicts were taken from a form");
        }

        Assert.True(hits > 100, $"Only {hits} verdicts were taken from a form.");
    }

    [Fact]
    public void Random_queries_with_other_numbers_get_their_own_verdict()
    {
        var random = new Random(1);
        foreach (int seed in new[] { FuzzBudget.FixedSeed, Random.Shared.Next() })
        {
            var queries = new RandomQueries(database.Catalog, seed);
            for (int i = 0; i < 2_000; i++)
            {
                string query = Values().Replace(queries.Next(), "7");
                Compare(query, random);
                Compare($"{query} WHERE {random.Next(1000)} = {random.Next(1000)} LIMIT {random.Next(1000)}", random);
            }
        }

        Assert.True(hits > 100, $"Only {hits} verdicts were taken from a form.");
    }

    [GeneratedRegex(@"'[^']*'|\$\d+")]
    private static partial Regex Values();

    private string Compare(string text, Random random)
    {
        string rule = "";
        foreach (SessionNames? session in new[] { null, new SessionNames(database.Catalog) })
        {
            Judgement first = kept.Judge(TestPolicies.Recipes, text, "simple", session);
            for (int other = 0; other < 3; other++)
            {
                string varied = Vary(text, other, random);
                Judgement byForm = kept.Judge(TestPolicies.Recipes, varied, "simple", session);
                Judgement anew = new StatementJudge().Judge(TestPolicies.Recipes, varied, "simple", session);
                Same(varied, byForm, anew);
                hits += varied != text && ReferenceEquals(byForm.Verdict, first.Verdict) ? 1 : 0;
            }

            rule += first.Verdict.Rule + first.HoldsForForm;
        }

        return rule;
    }

    // Also numbers that are joined to something: the form must know that they are none of its own.
    private static string Vary(string text, int how, Random random) => new([.. text.Select(letter => !char.IsAsciiDigit(letter) ? letter : how switch
    {
        0 => '0',
        1 => '9',
        _ => (char)('0' + random.Next(10)),
    })]);

    private static void Same(string text, Judgement byForm, Judgement anew)
    {
        bool same = byForm.Verdict == anew.Verdict && byForm.Approved is null == anew.Approved is null;
        if (same && byForm.Approved is { } one && anew.Approved is { } other)
        {
            same = one.Text == other.Text && one.Parts.SequenceEqual(other.Parts) && one.Notices.SequenceEqual(other.Notices)
                && (one.UsesNames, one.ChangesPath, one.ChangesMeaning) == (other.UsesNames, other.ChangesPath, other.ChangesMeaning);
        }

        if (!same)
        {
            throw new InvalidOperationException($"{SqlSeeds.Show(text)}: by its form {byForm.Verdict}, anew {anew.Verdict}");
        }
    }
}
