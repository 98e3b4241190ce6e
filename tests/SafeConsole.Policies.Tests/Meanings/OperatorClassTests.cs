using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Tests.Corpus;
using SafeConsole.Proxy.Postgres.Catalogs;
using SafeConsole.Testing;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>
/// Databases of their own, for what would make every function of an ordinary one harmful: operator classes that an application gave to PostgreSQL's own types (own_classes.sql), and its
/// casts into them (own_conversions.sql); further extensions of contrib (own_extensions.sql); languages under other names (own_languages.sql); and base types, access methods and a
/// foreign data wrapper of an application (own_types.sql).
/// </summary>
[Collection(DatabaseCollection.Name)]
public sealed class OperatorClassTests(DatabaseFixture database)
{
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("own_classes")]
    [InlineData("own_conversions")]
    [InlineData("own_extensions")]
    [InlineData("own_languages")]
    [InlineData("own_types")]
    public async Task What_runs_them_is_denied(string file)
    {
        DatabaseCatalog catalog = await CatalogAsync(file);
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read($"denied/{file}.jsonl");

        Assert.NotEmpty(rows);
        Assert.Equal(
            System.Array.Empty<string>(), rows.Where(row => Send(row, catalog).All(verdict => verdict.Outcome == VerdictOutcome.Approved)).Select(row => $"{row.Id}: {string.Join("; ", row.Texts)}"));
    }

    [Theory]
    [InlineData("own_classes")]
    [InlineData("own_conversions")]
    [InlineData("own_extensions")]
    [InlineData("own_languages")]
    [InlineData("own_types")]
    public async Task What_leaves_their_types_alone_is_approved(string file)
    {
        DatabaseCatalog catalog = await CatalogAsync(file);
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read($"allowed/{file}.jsonl");
        var refused = rows.Select(row => (Row: row, Verdict: Send(row, catalog).FirstOrDefault(verdict => verdict.Outcome == VerdictOutcome.Denied))).Where(pair => pair.Verdict is not null);

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), refused.Select(pair => $"{pair.Row.Id}: {pair.Verdict!.Rule}: {pair.Verdict.Reason}"));
    }

    private async Task<DatabaseCatalog> CatalogAsync(string file)
    {
        string name = $"{file}_{Guid.NewGuid():N}";
        await ExecuteAsync(database.Source, $"CREATE DATABASE {name} TEMPLATE template0");
        try
        {
            await using NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Superuser) { Database = name, Pooling = false }.ConnectionString);
            await ExecuteAsync(source, await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "statements", $"{file}.sql")));
            return await new CatalogReader(source, PostgresCluster.Reader).ReadAsync();
        }
        finally
        {
            await ExecuteAsync(database.Source, $"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private Verdict[] Send(CorpusRow row, DatabaseCatalog catalog) => new SessionScript(judge, catalog).Send(row.Texts);
}
