using System.Data;
using Npgsql;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Sql;
using SafeConsole.Policies.Tests.Corpus;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>
/// The server is the oracle: a function in SQL-standard form stores its body with every name resolved. What it resolved must be among what was found here, for the honest
/// statements and for thousands of random ones, under several paths.
/// </summary>
[Collection(DatabaseCollection.Name)]
public sealed class ParseAnalysisTests(DatabaseFixture database)
{
    [Fact]
    public async Task Honest_statements_mean_what_the_server_makes_of_them()
    {
        IEnumerable<string> texts = CorpusRow.Read("allowed/pg_allow.jsonl").Concat(CorpusRow.Read("allowed/own_meaning.jsonl")).Concat(CorpusRow.Read("allowed/own_variants.jsonl")).SelectMany(row => row.Texts)
            // judged by its texts instead of as a function
            .Where(text => !text.Contains("crosstab", StringComparison.Ordinal));

        int compared = await CompareAsync(texts, "\"$user\", public");

        Assert.True(compared > 400, $"Only {compared} statements were understood by the server.");
    }

    [Theory]
    [InlineData("own_types, public", 1)]
    [InlineData("own_first, own_types, public", 2)]
    [InlineData("own_first, own_types, public, pg_catalog", 3)]
    public async Task Random_queries_mean_what_the_server_makes_of_them(string path, int seed)
    {
        var queries = new RandomQueries(database.Catalog, seed);

        int compared = await CompareAsync(Enumerable.Range(0, 8_000).Select(_ => queries.Next()), path);

        Assert.True(compared > 300, $"Only {compared} queries made sense to the server.");
    }

    private async Task<int> CompareAsync(IEnumerable<string> texts, string path)
    {
        await using var source = NpgsqlDataSource.Create(database.Source.ConnectionString);
        await using NpgsqlConnection connection = await source.OpenConnectionAsync();
        await RunAsync(connection, $"SET search_path = {path}");
        List<string> wrong = [];
        int compared = 0;
        foreach (string text in texts)
        {
            if (Root(text) is { } parsed && await StoredAsync(connection, text, path) is { } stored)
            {
                compared++;
                wrong.AddRange(Missing(parsed, stored, path).Select(missing => $"{missing} in {text}"));
            }
        }

        Assert.Equal(System.Array.Empty<string>(), wrong);
        return compared;
    }

    // Functions that pass by the form of the call alone are not looked up.
    private static readonly string[] JudgedByForm = ["set_config", "query_to_xml", "ts_stat", "xpath", "xmlexists"];

    private static SqlNode? Root(string sql)
    {
        PostgresText? text = PostgresParser.Parse(sql).Text;
        bool plain = text?.Statements.Count() == 1 && !JudgedByForm.Any(name => sql.Contains(name, StringComparison.OrdinalIgnoreCase));
        return plain && text!.Statements.First().Child("stmt") is { Type: "SelectStmt" } root ? root : null;
    }

    private IEnumerable<string> Missing(SqlNode root, StoredNode stored, string path)
    {
        HashSet<uint> functions = [], operators = [];
        StoredNodeWalk.Collect(stored, functions, operators);
        var analysis = new Analysis(new NameLookup(database.Catalog, database.Catalog.PathOf(path)!), null, new HashSet<int>());
        analysis.Queries.Read(root, Scope.Empty);
        if (analysis.Findings.Denial is { } denial)
        {
            yield return denial.Reason;
        }

        foreach (uint function in functions.Where(oid => !analysis.Findings.Objects.Any(found => found.Key.Kind == ObjectKind.Function && found.Key.Oid == oid)))
        {
            yield return $"function {database.Catalog.Functions[function].Name} {function}";
        }

        foreach (uint one in operators.Where(oid => !analysis.Findings.Objects.Any(found => found.Key.Kind == ObjectKind.Operator && found.Key.Oid == oid)))
        {
            yield return $"operator {database.Catalog.Operators[one].Name} {one}";
        }
    }

    /// <summary>The statement as the server stores it; null where the server refuses it.</summary>
    private static async Task<StoredNode?> StoredAsync(NpgsqlConnection connection, string sql, string path)
    {
        await RunAsync(connection, "BEGIN");
        try
        {
            await RunAsync(connection, $"CREATE FUNCTION own.oracle() RETURNS SETOF record LANGUAGE sql BEGIN ATOMIC {sql.Trim().TrimEnd(';')}\n; END");
            await using var command = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand("SELECT prosqlbody::text FROM pg_proc WHERE oid = 'own.oracle'::regproc") } };
            return StoredTreeReader.Read((string)(await command.ExecuteScalarAsync())!);
        }
        catch (PostgresException)
        {
            return null;
        }
        finally
        {
            // Npgsql closes the connection after an internal error, such as hstore gives for its own syntax.
            if (connection.FullState == ConnectionState.Open)
            {
                await RunAsync(connection, "ROLLBACK");
            }
            else
            {
                await connection.CloseAsync();
                await connection.OpenAsync();
                await RunAsync(connection, $"SET search_path = {path}");
            }
        }
    }

    /// <summary>A batch command is sent as it is: a command would be split at its semicolons.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new NpgsqlBatchCommand(sql) } };
        await batch.ExecuteNonQueryAsync();
    }
}
