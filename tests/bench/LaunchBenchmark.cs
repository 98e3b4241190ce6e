using System.Diagnostics;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>From the click on Open to psql's prompt: sandbox, agent, ticket, pin proof, psql; beside psql straight to the standby.</summary>
public static class LaunchBenchmark
{
    private const int Launches = 15;

    /// <summary>Measures the median and the slowest of 15 launches.</summary>
    public static async Task<Measurement[]> RunAsync(ConsoleClient client, Choice psql, PostgresCluster cluster)
    {
        var (through, without) = (new Samples(), new Samples());
        for (var launch = 0; launch < Launches; launch++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var session = await psql.OpenAsync(client);
            through.AddSince(begun);
        }
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("ca.crt"), cluster.CertificateAuthority);
        for (var launch = 0; launch < Launches; launch++)
        {
            var command = $"PGPASSWORD={cluster.ReaderPassword} psql --no-psqlrc 'host={PostgresCluster.Host} port={cluster.StandbyPort} dbname={cluster.Database} user={PostgresCluster.Reader} sslmode=verify-full sslrootcert={folder.At("ca.crt")}'";
            var begun = Stopwatch.GetTimestamp();
            using var terminal = new LocalTerminal(command);
            await terminal.ReadUntilAsync("=>");
            without.AddSince(begun);
        }
        return
        [
            new Measurement("click to prompt, median", "ms", through.Percentile(50), null, without.Percentile(50)),
            new Measurement($"click to prompt, slowest of {Launches}", "ms", through.Percentile(100), null, without.Percentile(100)),
        ];
    }
}
