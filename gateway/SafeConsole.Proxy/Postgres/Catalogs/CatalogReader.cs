using Npgsql;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Proxy.Postgres.Catalogs;

/// <summary>
/// Reads what the names in a database mean, in one snapshot. The connection should be the role's own that statements will run under; the role's name decides which schemas
/// it may search. Exceptions are Npgsql's own.
/// </summary>
public sealed class CatalogReader(NpgsqlDataSource source, string role)
{
    /// <summary>Reads the whole catalog: a few tens of milliseconds and a few megabytes.</summary>
    public async Task<DatabaseCatalog> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using NpgsqlTransaction snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken).ConfigureAwait(false);
        string version = await AskVersionAsync(connection, cancellationToken).ConfigureAwait(false);
        var builder = new CatalogBuilder();
        await using var batch = new NpgsqlBatch(connection, snapshot);
        foreach (CatalogQuery query in CatalogQueries.All)
        {
            var command = new NpgsqlBatchCommand(query.Sql);
            if (query.Sql.Contains("$1", StringComparison.Ordinal))
            {
                command.Parameters.Add(new NpgsqlParameter { Value = role });
            }

            batch.BatchCommands.Add(command);
        }

        await using NpgsqlDataReader rows = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        foreach (CatalogQuery query in CatalogQueries.All)
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                builder.Add(query.Name, [.. Enumerable.Range(0, rows.FieldCount).Select(place => rows.IsDBNull(place) ? null : rows.GetString(place))]);
            }

            await rows.NextResultAsync(cancellationToken).ConfigureAwait(false);
        }

        return builder.Build(version);
    }

    /// <summary>The database's version now; a catalog whose version differs is out of date.</summary>
    public async Task<string> AskVersionAsync(CancellationToken cancellationToken = default)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        return await AskVersionAsync(connection, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> AskVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(CatalogQueries.Fingerprint.Sql, connection);
        return (string)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }
}
