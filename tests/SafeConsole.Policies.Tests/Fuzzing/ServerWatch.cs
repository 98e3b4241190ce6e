using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Settings;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>
/// A read-only session of a superuser on the primary that runs approved statements, and what it looks at to see whether one had an effect: transaction ids, which nothing but
/// a write takes, the session's settings and locks, and now and then the whole database.
/// </summary>
internal sealed class ServerWatch : IAsyncDisposable
{
    private const string Quick = """
        SELECT concat_ws('/', pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot()),
          (SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_catalog.pg_listening_channels()),
          (SELECT count(*) FROM pg_catalog.pg_prepared_xacts), (SELECT count(*) FROM pg_catalog.pg_replication_slots), (SELECT count(*) FROM pg_catalog.pg_class WHERE relpersistence = 't'),
          (SELECT pg_catalog.md5(pg_catalog.string_agg(s.name || '=' || s.setting, ',' ORDER BY s.name)) FROM pg_catalog.pg_settings s WHERE s.name = ANY ($1)))
        """;

    private static readonly string[] Pinned = ["default_transaction_read_only", "standard_conforming_strings", "client_encoding"];

    private readonly NpgsqlDataSource source;
    private NpgsqlConnection connection;
    private readonly NpgsqlConnection observer;
    private readonly string[] watched;

    private ServerWatch(NpgsqlDataSource source, NpgsqlConnection connection, NpgsqlConnection observer, string[] watched)
    {
        this.source = source;
        this.connection = connection;
        this.observer = observer;
        this.watched = watched;
    }

    public static async Task<ServerWatch> OpenAsync(string superuser)
    {
        var builder = new NpgsqlConnectionStringBuilder(superuser)
        {
            Options = "-c default_transaction_read_only=on -c statement_timeout=500 -c lock_timeout=200 -c idle_in_transaction_session_timeout=60000", NoResetOnClose = true,
        };
        NpgsqlDataSource source = NpgsqlDataSource.Create(builder.ConnectionString);
        NpgsqlConnection connection = await source.OpenConnectionAsync();
        NpgsqlConnection observer = await source.OpenConnectionAsync();
        var names = new List<string>();
        await using var command = new NpgsqlCommand("SELECT name FROM pg_settings ORDER BY name", connection);
        await using NpgsqlDataReader rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            names.Add(rows.GetString(0));
        }

        // Those that the judge lets a session change may differ; that the pinned ones among them do not is watched.
        return new ServerWatch(source, connection, observer, [.. names.Where(name => SettingCatalogue.Find(name) is null || Pinned.Contains(name))]);
    }

    /// <summary>Runs a text as the simple protocol does; an error of the server's is an answer like any other.</summary>
    public async Task RunAsync(string sql)
    {
        try
        {
            await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
            await using NpgsqlDataReader rows = await command.ExecuteReaderAsync();
            do
            {
                for (int i = 0; i < 1_000 && await rows.ReadAsync(); i++)
                {
                }
            }
            while (await rows.NextResultAsync());
        }
        catch (Exception failure) when (failure is NpgsqlException or NotSupportedException or InvalidOperationException)
        {
        }

        if (connection.State != System.Data.ConnectionState.Open)
        {
            // Npgsql gives a connection up at a COPY or a parameter that it was not told of.
            await connection.DisposeAsync();
            connection = await source.OpenConnectionAsync();
        }
    }

    /// <summary>What the session's own state and the counters show.</summary>
    public async Task<string> LookAsync()
    {
        await using var command = new NpgsqlCommand(Quick, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = watched });
        return $"{await command.ExecuteScalarAsync()}";
    }

    /// <summary>Ends an open transaction and gives every setting, name and cursor back.</summary>
    public async Task ResetAsync()
    {
        await RunAsync("ROLLBACK");
        await RunAsync("DISCARD ALL");
    }

    /// <summary>The catalog's fingerprint, and the rows of every table.</summary>
    public async Task<string> LookAtAllAsync()
    {
        await using var command = new NpgsqlCommand($"""
            SELECT ({CatalogQueries.Fingerprint.Sql}) || (SELECT string_agg(c.oid::regclass || '=' ||
              (xpath('/row/c/text()', query_to_xml(format('SELECT concat_ws(''.'', count(*), sum(hashtextextended(t::text, 1))) AS c FROM ONLY %s t', c.oid::regclass), false, true, '')))[1]::text, ',' ORDER BY c.oid)
              FROM pg_class c WHERE c.relkind IN ('r', 'm') AND c.relispopulated AND c.oid >= 16384)
              || (SELECT string_agg(concat_ws('.', schemaname, sequencename, last_value), ',' ORDER BY schemaname, sequencename) FROM pg_sequences)
              || (SELECT count(*) FROM pg_largeobject_metadata)
            """, observer);
        return $"{await command.ExecuteScalarAsync()}";
    }

    public async ValueTask DisposeAsync()
    {
        await connection.DisposeAsync();
        await observer.DisposeAsync();
        await source.DisposeAsync();
    }
}
