using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>The three ways to one standby, measured one after the other in the same run.</summary>
public sealed class Ways(ConsoleClient client, Choice shell, PostgresCluster cluster, PgBouncer pool, ProcessorTime processor) : IDisposable
{
    private readonly TimeSpan patience = TimeSpan.FromMinutes(5);
    private readonly HostWay pooled = new(Connection(cluster, pool.Port));
    private readonly HostWay direct = new(
    [
        .. Connection(cluster, cluster.StandbyPort), ("PGPASSWORD", cluster.ReaderPassword), ("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", Authority(cluster)),
    ]);

    /// <summary>Runs a command by each way, through a session of its own for SafeConsole, and reads a number from what it printed.</summary>
    public async Task<Measurement> MeasureAsync(string what, string unit, string command, Func<string, double> read) => (await MeasureAsync(what, unit, command, read, null))[0];

    /// <summary>The same, and where <paramref name="count"/> reads from what was printed how often the work was done, the gateway's processor time for each.</summary>
    public async Task<Measurement[]> MeasureAsync(string what, string unit, string command, Func<string, double> read, Func<string, double>? count)
    {
        string shown;
        double took;
        await using (var session = await shell.OpenAsync(client))
        {
            var before = processor.Microseconds;
            shown = await new RunnerWay(session).RunAsync(command, patience);
            took = processor.Microseconds - before;
        }
        var through = read(shown);
        var rate = new Measurement(what, unit, through, read(await pooled.RunAsync(command, patience)), read(await direct.RunAsync(command, patience)));
        return count is null ? [rate] : [rate, new Measurement("  the gateway's processor time for each", "µs", took / count(shown), null, null)];
    }

    /// <summary>Runs a command through SafeConsole unmeasured, so that its code is compiled as in a gateway that has been up for a while.</summary>
    public async Task WarmUpAsync(string command)
    {
        await using var session = await shell.OpenAsync(client);
        await new RunnerWay(session).RunAsync(command, patience);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        pooled.Dispose();
        direct.Dispose();
        File.Delete(Authority(cluster));
    }

    private static (string Name, string Value)[] Connection(PostgresCluster cluster, int port) =>
    [
        ("PGHOST", PostgresCluster.Host), ("PGPORT", $"{port}"), ("PGDATABASE", cluster.Database), ("PGUSER", PostgresCluster.Reader),
    ];

    private static string Authority(PostgresCluster cluster)
    {
        var path = Path.Combine(Path.GetTempPath(), $"sc-bench-{cluster.StandbyPort}.crt");
        File.WriteAllText(path, cluster.CertificateAuthority);
        return path;
    }
}
