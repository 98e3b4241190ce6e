namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>
/// The texts that the gateway itself sends to a replica. The set is closed: nothing of a client's can become one.
/// </summary>
internal sealed class FixedStatement
{
    private FixedStatement(string text) => Text = text;

    /// <summary>
    /// Stands in for a refused statement. It never parses, so the server fails where the client's statement stood, and transaction and
    /// pipeline are left exactly as PostgreSQL leaves them after an error; the client gets the gate's error in place of the server's.
    /// </summary>
    public static FixedStatement Refused { get; } = new("refused by SafeConsole");

    /// <summary>Starts the transaction of the write attempt.</summary>
    public static FixedStatement Begin { get; } = new("BEGIN");

    /// <summary>The write that must be refused. Were it not, it would be gone with <see cref="Rollback"/>, and with the connection at the latest.</summary>
    public static FixedStatement WriteAttempt { get; } = new("CREATE TEMPORARY TABLE safeconsole_write_attempt ()");

    /// <summary>Ends the transaction of the write attempt.</summary>
    public static FixedStatement Rollback { get; } = new("ROLLBACK");

    /// <summary>
    /// One row: recovery, lag, walreceiver, read-only, and the guards in milliseconds. The lag is 0 when all that was received is replayed
    /// and a walreceiver runs: an idle primary sends no transaction whose age could be told. The last two columns are how far a running walreceiver has come,
    /// and when the last replayed transaction ended.
    /// </summary>
    public static FixedStatement State { get; } = new(
        """
        SELECT pg_catalog.pg_is_in_recovery(),
               CASE WHEN pg_catalog.pg_is_in_recovery() THEN
                 CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver)
                       AND pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
                      ELSE pg_catalog.round(EXTRACT(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp())::numeric, 3) END
               END,
               pg_catalog.pg_last_wal_replay_lsn(),
               pg_catalog.current_setting('transaction_read_only'),
               pg_catalog.current_setting('default_transaction_read_only'),
               (SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'statement_timeout'),
               (SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'lock_timeout'),
               (SELECT s.setting FROM pg_catalog.pg_settings s WHERE s.name = 'idle_in_transaction_session_timeout'),
               pg_catalog.current_setting('standard_conforming_strings'),
               pg_catalog.current_setting('client_encoding'),
               current_user,
               (SELECT r.rolsuper FROM pg_catalog.pg_roles r WHERE r.rolname = current_user),
               pg_catalog.current_setting('server_version'),
               pg_catalog.current_setting('search_path'),
               pg_catalog.pg_backend_pid(),
               (SELECT EXTRACT(epoch FROM a.backend_start)::text FROM pg_catalog.pg_stat_get_activity(pg_catalog.pg_backend_pid()) a),
               (SELECT pg_catalog.pg_last_wal_receive_lsn() WHERE EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver)),
               pg_catalog.pg_last_xact_replay_timestamp()
        """);

    /// <summary>What the role could do that a reader cannot: a row for each kind of power with its first few examples; no row is the wanted answer.</summary>
    public static FixedStatement Powers { get; } = new(
        """
        SELECT p.power, pg_catalog.string_agg(p.example, ', ') FROM (
          SELECT q.power, q.example, pg_catalog.row_number() OVER (PARTITION BY q.power ORDER BY q.example) AS n FROM (
            SELECT a.power, r.rolname::text AS example FROM pg_catalog.pg_roles r
              CROSS JOIN LATERAL (VALUES ('is superuser', r.rolsuper), ('may replicate', r.rolreplication), ('bypasses row security', r.rolbypassrls),
                ('may create roles', r.rolcreaterole), ('may create databases', r.rolcreatedb)) AS a(power, held)
              WHERE a.held AND pg_catalog.pg_has_role(r.oid, 'MEMBER')
            UNION ALL
            SELECT 'is member of', r.rolname::text FROM pg_catalog.pg_roles r
              WHERE r.rolname IN ('pg_write_all_data', 'pg_signal_backend', 'pg_execute_server_program', 'pg_write_server_files',
                'pg_read_server_files', 'pg_checkpoint', 'pg_maintain', 'pg_create_subscription', 'pg_use_reserved_connections', 'pg_database_owner')
                AND pg_catalog.pg_has_role(r.oid, 'MEMBER')
            UNION ALL
            SELECT 'owns the database', d.datname::text FROM pg_catalog.pg_database d
              WHERE d.datname = pg_catalog.current_database() AND pg_catalog.pg_has_role(d.datdba, 'MEMBER')
            UNION ALL
            SELECT 'may create in the database', d.datname::text FROM pg_catalog.pg_database d
              WHERE d.datname = pg_catalog.current_database() AND pg_catalog.has_database_privilege(d.oid, 'CREATE')
            UNION ALL
            SELECT 'may create in schema', n.nspname::text FROM pg_catalog.pg_namespace n
              WHERE n.nspname !~ '^pg_(toast_)?temp_' AND pg_catalog.has_schema_privilege(n.oid, 'CREATE')
            UNION ALL
            SELECT 'owns', c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class c
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND pg_catalog.pg_has_role(c.relowner, 'MEMBER')
            UNION ALL
            SELECT 'may write to', c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_class c
              WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.oid <> 'pg_catalog.pg_settings'::pg_catalog.regclass
                AND (pg_catalog.has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE') OR pg_catalog.has_any_column_privilege(c.oid, 'INSERT, UPDATE'))
            UNION ALL
            SELECT 'may call', f.oid::pg_catalog.regprocedure::text FROM pg_catalog.pg_proc f
              WHERE f.proname = 'pg_promote' AND pg_catalog.has_function_privilege(f.oid, 'EXECUTE')
          ) q
        ) p WHERE p.n <= 5 GROUP BY p.power ORDER BY p.power
        """);

    /// <summary>The SQL.</summary>
    public string Text { get; }
}
