using System.Globalization;
using System.Text.RegularExpressions;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>
/// pgbench with one-row reads by primary key, by script on a shell target. Through: plain to the agent, WebSocket to the gateway,
/// recorded and judged, TLS to the standby. Without: the same pgbench straight to the standby by the same TLS.
/// </summary>
public static partial class StatementBenchmark
{
    private const string Script = @"\set id random(1, 12000)\nSELECT title FROM recipes WHERE id = :id;\n";

    /// <summary>Measures statements a second with 1 and with 4 connections, simple and prepared.</summary>
    public static async Task<Measurement[]> RunAsync(ConsoleClient client, Choice shell, PostgresCluster cluster, int seconds)
    {
        var results = new List<Measurement>();
        foreach (var (protocol, connections) in new[] { ("simple", 1), ("simple", 4), ("prepared", 1), ("prepared", 4) })
        {
            var through = await ThroughAsync(client, shell, protocol, connections, seconds);
            var without = await WithoutAsync(cluster, protocol, connections, seconds);
            results.Add(new Measurement($"statements, {protocol}, {connections} connection{(connections > 1 ? "s" : "")}", "1/s", through, without));
        }
        return [.. results];
    }

    private static async Task<double> ThroughAsync(ConsoleClient client, Choice shell, string protocol, int connections, int seconds)
    {
        await using var session = await shell.OpenAsync(client);
        await session.AskAsync($"printf '{Script}' >/tmp/read.sql; echo written-$?", "written-0");
        var shown = await session.AskAsync($"{PgBench()} {Arguments(protocol, connections, seconds)} -f /tmp/read.sql; echo ended-$?", "ended-0", TimeSpan.FromSeconds(seconds + 30));
        return Rate(shown);
    }

    private static async Task<double> WithoutAsync(PostgresCluster cluster, string protocol, int connections, int seconds)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("read.sql"), Script.Replace(@"\n", "\n", StringComparison.Ordinal));
        await File.WriteAllTextAsync(folder.At("ca.crt"), cluster.CertificateAuthority);
        var command = $"PGPASSWORD={cluster.ReaderPassword} {PgBench()} {Arguments(protocol, connections, seconds)} -f {folder.At("read.sql")} "
            + $"'host={PostgresCluster.Host} port={cluster.StandbyPort} dbname={cluster.Database} user={PostgresCluster.Reader} sslmode=verify-full sslrootcert={folder.At("ca.crt")}'";
        return Rate((await FinishedProcess.RunAsync("bash", ["-c", command])).OrThrow().Output);
    }

    private static string Arguments(string protocol, int connections, int seconds) => $"-n -M {protocol} -c {connections} -j 1 -T {seconds}";

    private static string PgBench() => Directory.EnumerateFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();

    private static double Rate(string output) => double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial connection")]
    private static partial Regex Tps();
}
