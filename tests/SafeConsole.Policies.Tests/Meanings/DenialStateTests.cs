using Npgsql;
using SafeConsole.Policies.Tests.Corpus;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>A denial has the SQLSTATE that applications know from a read-only transaction.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class DenialStateTests(DatabaseFixture database)
{
    private const string ReadOnly = "25006";

    /// <summary>What can be tried in a transaction that is rolled back, without an effect beyond it.</summary>
    private static readonly string[] Classes = ["dml", "cte_dml", "select_into", "ddl", "dcl", "lock", "prepare_execute", "explain_analyze", "sequence", "newer_syntax"];

    /// <summary>What runs out of sight is refused as such, whatever it would do.</summary>
    private static readonly string[] OutOfSight = ["relation.view", "function.security-definer"];

    private static readonly IReadOnlyList<CorpusRow> Rows =
        [.. new[] { "denied/pg_deny.jsonl", "denied/own_variants.jsonl" }.SelectMany(CorpusRow.Read).Where(row => row.Texts.Count == 1 && Classes.Contains(row.Class))];

    private readonly StatementJudge judge = new();

    [Fact]
    public async Task What_a_read_only_transaction_refuses_is_denied_with_its_state()
    {
        List<string> wrong = [];
        int refused = 0;
        foreach (string sql in Rows.Select(row => row.Texts[0]).Where(sql => !sql.Contains("COMMIT", StringComparison.OrdinalIgnoreCase) && !sql.Contains('\0', StringComparison.Ordinal)))
        {
            string? server = await StateAsync(sql);
            Verdict verdict = new SessionScript(judge, database.Catalog).Send(sql);
            refused += server == ReadOnly ? 1 : 0;
            if (server == ReadOnly && verdict.SqlState != ReadOnly && !OutOfSight.Contains(verdict.Rule))
            {
                wrong.Add($"{verdict.SqlState} {verdict.Rule}: {sql}");
            }
        }

        Assert.Equal([], wrong);
        Assert.InRange(refused, 200, int.MaxValue);
    }

    [Fact]
    public void Every_denial_has_a_state_a_place_and_the_policys_words()
    {
        TargetPolicy policy = TestPolicies.Make(new RefusalPolicy("Ask #recipes.", new Uri("https://wiki.example.org/console")));
        List<string> wrong = [];
        foreach (string sql in new[] { "denied/pg_deny.jsonl", "denied/own_meaning.jsonl", "denied/own_variants.jsonl" }.SelectMany(CorpusRow.Read).SelectMany(row => row.Texts))
        {
            Verdict verdict = new SessionScript(judge, database.Catalog, policy: policy).Send(sql);
            bool syntax = verdict.Rule is "sql.syntax";
            bool whole = syntax || verdict.Rule is "sql.null-byte" or "sql.encoding";
            bool told = syntax ? verdict.Hint is null : verdict.Hint?.EndsWith("Ask #recipes. https://wiki.example.org/console", StringComparison.Ordinal) == true;
            if (verdict.Outcome == VerdictOutcome.Denied && !(IsState(verdict) && told && (whole || verdict.Position >= 1)))
            {
                wrong.Add($"{verdict}: {sql}");
            }
        }

        Assert.Equal([], wrong);
    }

    /// <summary>42501 or 25006; where PostgreSQL has another one for what does not parse, does not exist or is no value, that.</summary>
    private static bool IsState(Verdict verdict) => verdict.SqlState is "42501" or ReadOnly || verdict.Rule switch
    {
        "sql.syntax" or "sql.null-byte" => verdict.SqlState == "42601",
        "name.unknown" => verdict.SqlState == "26000",
        "setting.value" => verdict.SqlState == "22023",
        _ => verdict.Rule.EndsWith(".unknown", StringComparison.Ordinal) && verdict.SqlState is "42P01" or "42883" or "42704" or "42703" or "3F000",
    };

    private async Task<string?> StateAsync(string sql)
    {
        // A statement may leave its connection unusable, as a COPY does that is not served.
        await using NpgsqlConnection connection = await database.Source.OpenConnectionAsync();
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        try
        {
            await using var command = new NpgsqlCommand("SET TRANSACTION READ ONLY; SET LOCAL lock_timeout = '1s'; SET LOCAL statement_timeout = '5s'", connection, transaction);
            await command.ExecuteNonQueryAsync();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
        catch (Exception other) when (other is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }
}
