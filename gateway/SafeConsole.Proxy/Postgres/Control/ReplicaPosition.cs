using Npgsql;

namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>
/// Whether a server is in recovery, and how far its database has come: while the position stands still, nothing in it has changed. On a primary what was written can be seen
/// only after its WAL was flushed, so the transactions that are under way belong to the position.
/// </summary>
internal readonly record struct ReplicaPosition(bool InRecovery, string? Reached)
{
    private const string Sql = """
        SELECT pg_catalog.pg_is_in_recovery(),
               CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()::text
                 ELSE pg_catalog.concat(pg_catalog.pg_current_wal_insert_lsn(), ' ', pg_catalog.pg_current_snapshot()) END
        """;

    /// <summary>Asks the server. Exceptions are Npgsql's own.</summary>
    public static async Task<ReplicaPosition> AskAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = source.CreateCommand(Sql);
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await row.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new ReplicaPosition(row.GetBoolean(0), row.IsDBNull(1) ? null : row.GetString(1));
    }
}
