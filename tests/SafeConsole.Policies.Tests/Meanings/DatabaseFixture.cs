using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Proxy.Postgres.Catalogs;
using SafeConsole.Testing;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>One throw-away PostgreSQL with schema.sql and own_schema.sql, and its catalog.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private PostgresCluster? cluster;
    private NpgsqlDataSource? source;

    /// <summary>The catalog as the reader's role has it.</summary>
    internal DatabaseCatalog Catalog { get; private set; } = null!;

    /// <summary>Reads the catalog anew.</summary>
    internal CatalogReader Reader { get; private set; } = null!;

    /// <summary>The reader's own connection string to the hot standby.</summary>
    internal string StandbyReader => cluster!.StandbyReader;

    /// <summary>A superuser's connection string to the primary.</summary>
    internal string Superuser => cluster!.PrimarySuperuser;

    /// <summary>A superuser's connections to the primary.</summary>
    internal NpgsqlDataSource Source => source!;

    public async Task InitializeAsync()
    {
        string schema = Path.Combine(Path.GetTempPath(), $"safeconsole-{Guid.NewGuid():N}.sql");
        string statements = Path.Combine(AppContext.BaseDirectory, "statements");
        await File.WriteAllTextAsync(schema, await File.ReadAllTextAsync(Path.Combine(statements, "schema.sql")) + "\n" + await File.ReadAllTextAsync(Path.Combine(statements, "own_schema.sql")));
        try
        {
            cluster = await PostgresCluster.StartAsync(schema);
        }
        finally
        {
            File.Delete(schema);
        }

        source = NpgsqlDataSource.Create(cluster.PrimarySuperuser);
        // It takes transaction ids of its own, by which the fuzzers see whether a statement wrote.
        await cluster.ExecuteAsync("ALTER SYSTEM SET autovacuum = off");
        await cluster.ExecuteAsync("SELECT pg_reload_conf()");
        Reader = new CatalogReader(source, PostgresCluster.Reader);
        Catalog = await Reader.ReadAsync();
    }

    public async Task DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync();
        }

        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }
}
