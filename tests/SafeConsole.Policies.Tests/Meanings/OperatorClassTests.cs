using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Tests.Corpus;
using SafeConsole.Proxy.Postgres.Catalogs;
using SafeConsole.Testing;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>A database whose application gave operator classes to PostgreSQL's own types (own_classes.sql): what sorts or compares such values runs the application's functions.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class OperatorClassTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly StatementJudge judge = new();
    private readonly string name = $"classes_{Guid.NewGuid():N}";
    private DatabaseCatalog catalog = null!;

    public async Task InitializeAsync()
    {
        await using (NpgsqlCommand create = database.Source.CreateCommand($"CREATE DATABASE {name} TEMPLATE template0"))
        {
            await create.ExecuteNonQueryAsync();
        }

        await using NpgsqlDataSource source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database.Superuser) { Database = name, Pooling = false }.ConnectionString);
        await using (NpgsqlCommand schema = source.CreateCommand(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "statements", "own_classes.sql"))))
        {
            await schema.ExecuteNonQueryAsync();
        }

        catalog = await new CatalogReader(source, PostgresCluster.Reader).ReadAsync();
    }

    public async Task DisposeAsync()
    {
        await using NpgsqlCommand drop = database.Source.CreateCommand($"DROP DATABASE {name} WITH (FORCE)");
        await drop.ExecuteNonQueryAsync();
    }

    [Fact]
    public void What_they_sort_or_compare_is_denied()
    {
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read("denied/own_classes.jsonl");

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), rows.Where(row => Send(row).All(verdict => verdict.Outcome == VerdictOutcome.Approved)).Select(row => $"{row.Id}: {string.Join("; ", row.Texts)}"));
    }

    [Fact]
    public void What_leaves_their_types_alone_is_approved()
    {
        IReadOnlyList<CorpusRow> rows = CorpusRow.Read("allowed/own_classes.jsonl");
        var refused = rows.Select(row => (Row: row, Verdict: Send(row).FirstOrDefault(verdict => verdict.Outcome == VerdictOutcome.Denied))).Where(pair => pair.Verdict is not null);

        Assert.NotEmpty(rows);
        Assert.Equal(System.Array.Empty<string>(), refused.Select(pair => $"{pair.Row.Id}: {pair.Verdict!.Rule}: {pair.Verdict.Reason}"));
    }

    private Verdict[] Send(CorpusRow row) => new SessionScript(judge, catalog).Send(row.Texts);
}
