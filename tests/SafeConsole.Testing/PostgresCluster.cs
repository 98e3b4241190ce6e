using Npgsql;

namespace SafeConsole.Testing;

/// <summary>
/// A throw-away PostgreSQL primary with a streaming hot standby, on free ports of 127.0.0.1, run by gateway/deploy/demo/cluster.sh.
/// TLS (verify-full by <see cref="CertificateAuthority"/>) and SCRAM-SHA-256 on TCP; the superuser comes by Unix socket only.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    /// <summary>The role that SafeConsole logs in with; made with a random password and no privileges of its own.</summary>
    public const string Reader = "safe_reader";

    private readonly TemporaryFolder folder = new();

    private PostgresCluster(string database) => Database = database;

    /// <summary>The host of both servers; the certificate names it.</summary>
    public const string Host = "127.0.0.1";

    /// <summary>The primary's TCP port.</summary>
    public int PrimaryPort { get; private set; }

    /// <summary>The hot standby's TCP port.</summary>
    public int StandbyPort { get; private set; }

    /// <summary>The database that the SQL file was loaded into.</summary>
    public string Database { get; }

    /// <summary>The PEM text of the authority that signed both servers' certificate.</summary>
    public string CertificateAuthority => File.ReadAllText(folder.At("tls", "ca.crt"));

    /// <summary>The password of <see cref="Reader"/>.</summary>
    public string ReaderPassword => File.ReadAllText(folder.At("reader-password")).Trim();

    /// <summary>The folder of the Unix sockets where superuser <c>postgres</c> may log in without a password.</summary>
    public string SocketFolder => folder.At("socket");

    /// <summary>Starts both servers and fills <paramref name="database"/> from <paramref name="sqlFile"/>; returns when the standby has it too.</summary>
    /// <exception cref="InvalidOperationException">A server did not start or the file did not load; the message says why.</exception>
    public static async Task<PostgresCluster> StartAsync(string sqlFile, string database = "recipes", CancellationToken cancellation = default)
    {
        var cluster = new PostgresCluster(database);
        try
        {
            await cluster.StartServersAsync(cancellation);
            await cluster.RunAsync("load", [database, sqlFile], cancellation);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The gateway's demo database: the recipe-sharing site with its 200,000 rows and more.</summary>
    public static string RecipesFile => RepositoryRoot.At("gateway", "deploy", "demo", "recipes.sql");

    /// <summary>A superuser's connection string to the primary, by Unix socket.</summary>
    public string PrimarySuperuser => Superuser(PrimaryPort);

    /// <summary>A superuser's connection string to the standby, by Unix socket.</summary>
    public string StandbySuperuser => Superuser(StandbyPort);

    /// <summary>The reader's connection string to the standby, by TLS with verify-full.</summary>
    public string StandbyReader => new NpgsqlConnectionStringBuilder
    {
        Host = Host, Port = StandbyPort, Database = Database, Username = Reader, Password = ReaderPassword,
        SslMode = SslMode.VerifyFull, RootCertificate = folder.At("tls", "ca.crt"), Pooling = false,
    }.ConnectionString;

    // The standby gives a query whose rows are cleared away 30 s (max_standby_streaming_delay in cluster.sh) before it goes on.
    private static readonly TimeSpan LongestReplay = TimeSpan.FromSeconds(60);

    /// <summary>Runs SQL on the primary as superuser in the loaded database and waits until the standby has replayed it.</summary>
    public async Task ExecuteAsync(string sql, CancellationToken cancellation = default)
    {
        await using var source = NpgsqlDataSource.Create(PrimarySuperuser);
        await using (var command = source.CreateCommand(sql))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await using var behind = source.CreateCommand("SELECT count(*) = 0 FROM pg_stat_replication WHERE replay_lsn < pg_current_wal_insert_lsn()");
        await Eventually.HoldsAsync(async () => (bool)(await behind.ExecuteScalarAsync(cancellation))!, "the standby replayed what the primary wrote", LongestReplay);
    }

    /// <summary>Makes the standby a primary, as a fail-over would; returns when it accepts writes. There is no way back.</summary>
    public Task PromoteAsync(CancellationToken cancellation = default) => RunAsync("promote", [], cancellation);

    /// <summary>Stops both servers and deletes their folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await RunAsync("stop", [], CancellationToken.None);
        folder.Dispose();
    }

    private string Superuser(int port) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder, Port = port, Database = Database, Username = "postgres", Pooling = false,
    }.ConnectionString;

    private async Task StartServersAsync(CancellationToken cancellation)
    {
        const int PortTaken = 3;
        for (var attempt = 1; ; attempt++)
        {
            (PrimaryPort, StandbyPort) = FreePort.Take(2) is [var primary, var standby] ? (primary, standby) : default;
            var end = await ScriptAsync("start", [$"{PrimaryPort}", $"{StandbyPort}"], cancellation);
            if (end.ExitCode != PortTaken || attempt == 3)
            {
                end.OrThrow();
                return;
            }
        }
    }

    private async Task RunAsync(string command, string[] arguments, CancellationToken cancellation) =>
        (await ScriptAsync(command, arguments, cancellation)).OrThrow();

    private Task<FinishedProcess> ScriptAsync(string command, string[] arguments, CancellationToken cancellation) =>
        FinishedProcess.RunAsync(RepositoryRoot.At("gateway", "deploy", "demo", "cluster.sh"), [command, folder.Location, .. arguments], cancellation);
}
