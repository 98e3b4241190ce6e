using System.Diagnostics;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>A pgbouncer in session mode before a cluster's standby: plain on loopback to its clients as the agent is, by TLS with verify-full to the server as the gateway is.</summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Process process;

    private PgBouncer(PostgresCluster cluster)
    {
        Port = FreePort.Take();
        File.WriteAllText(folder.At("ca.crt"), cluster.CertificateAuthority);
        File.WriteAllText(folder.At("pgbouncer.ini"), $"""
            [databases]
            {cluster.Database} = host={PostgresCluster.Host} port={cluster.StandbyPort} user={PostgresCluster.Reader} password={cluster.ReaderPassword}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {Port}
            unix_socket_dir =
            auth_type = any
            pool_mode = session
            default_pool_size = 20
            ignore_startup_parameters = extra_float_digits
            server_tls_sslmode = verify-full
            server_tls_ca_file = {folder.At("ca.crt")}
            log_connections = 0
            log_disconnections = 0
            """);
        // It refuses to run as root.
        string[] user = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] : ["env"];
        process = Process.Start(new ProcessStartInfo(user[0], [.. user[1..], "/usr/sbin/pgbouncer", "--quiet", folder.At("pgbouncer.ini")]))
            ?? throw new InvalidOperationException("pgbouncer did not start.");
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Starts it and returns when a statement passes through it.</summary>
    public static async Task<PgBouncer> StartAsync(PostgresCluster cluster)
    {
        var pool = new PgBouncer(cluster);
        await Eventually.HoldsAsync(
            async () => (await FinishedProcess.RunAsync("psql", ["-X", "-c", "SELECT 1", $"host=127.0.0.1 port={pool.Port} dbname={cluster.Database} user={PostgresCluster.Reader}"])).ExitCode == 0,
            "pgbouncer answers",
            TimeSpan.FromSeconds(20));
        return pool;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }
}
