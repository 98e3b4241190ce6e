using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>
/// A primary and a standby with the traps of schema.sql, and the superuser "dev" for whom every outer wall is missing: on the primary nothing but the gate and the
/// session's settings stands between a client and a write.
/// </summary>
public sealed class CaseServers : IAsyncLifetime, IDisposable
{
    public const string Collection = "protocol cases";

    private readonly TemporaryFolder folder = new();

    internal PostgresCluster Cluster { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string file = folder.At("schema.sql");
        string schema = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "statements", "schema.sql"));
        await File.WriteAllTextAsync(file, schema + "\nCREATE ROLE dev LOGIN SUPERUSER PASSWORD 'd';\n");
        Cluster = await PostgresCluster.StartAsync(file);
    }

    public async Task DisposeAsync() => await Cluster.DisposeAsync();

    public void Dispose() => folder.Dispose();

    /// <summary>A session on one of the servers, as "dev".</summary>
    internal ProxyHost Open(bool onPrimary, LimitPolicy? limits = null, ProxyOptions? options = null)
    {
        var database = new DatabasePolicy(
            "postgres", PostgresCluster.Host, onPrimary ? Cluster.PrimaryPort : Cluster.StandbyPort, Cluster.Database, "dev", "env:PASSWORD", TlsMode.VerifyFull, "env:CA",
            new ProofPolicy(!onPrimary, false, TimeSpan.FromSeconds(60)));
        var credentials = new KnownCredentials(new Dictionary<string, string> { ["env:PASSWORD"] = "d", ["env:CA"] = Cluster.CertificateAuthority });
        return new ProxyHost(Policy.For(database, limits), credentials, null, options);
    }

    /// <summary>Everything that a case could have changed: rows, sequences, slots, large objects, and on both servers advisory locks and prepared transactions.</summary>
    internal async Task<string> EffectsAsync()
    {
        const string Locks = "SELECT concat_ws('/', (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_prepared_xacts))";
        const string Rows = """
            SELECT concat_ws('/', (SELECT count(*) FROM reviews), (SELECT count(*) || max(name) FROM tags), (SELECT count(*) FROM trap.hits), (SELECT last_value FROM invoice_no_seq),
              (SELECT last_login_at FROM users WHERE id = 1), (SELECT string_agg(slot_name, ',') FROM pg_replication_slots), (SELECT count(*) FROM pg_largeobject_metadata))
            """;
        return $"{await AskAsync(true, Rows)} {await AskAsync(true, Locks)} {await AskAsync(false, Locks)}";
    }

    /// <summary>One value as the superuser of a server.</summary>
    internal async Task<string> AskAsync(bool onPrimary, string sql)
    {
        await using var source = NpgsqlDataSource.Create(onPrimary ? Cluster.PrimarySuperuser : Cluster.StandbySuperuser);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return $"{await command.ExecuteScalarAsync()}";
    }
}
