using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Bench;

/// <summary>pgbench: its one-row reads with 1 and with 8 connections, and one pipeline of 10,000 statements before a single Sync.</summary>
public static partial class StatementBenchmark
{
    private const int Pipelined = 10_000;
    private const int WarmUpSeconds = 20; // The runtime compiles what runs often once more, in the background; measured meanwhile, that counts as the statements' time.

    /// <summary>Measures `pgbench -S`.</summary>
    public static async Task<Measurement[]> RunAsync(Ways ways, int seconds)
    {
        var results = new List<Measurement>();
        foreach (var protocol in new[] { "simple", "prepared" })
        {
            await ways.WarmUpAsync($"{BenchTables.Program()} -n -S -M {protocol} -T {WarmUpSeconds}");
        }
        foreach (var (protocol, connections) in new[] { ("simple", 1), ("prepared", 1), ("simple", 8), ("prepared", 8) })
        {
            var command = $"{BenchTables.Program()} -n -S -M {protocol} -c {connections} -j 1 -T {seconds}";
            results.AddRange(await ways.MeasureAsync($"pgbench -S, {protocol}, {connections} connection{(connections > 1 ? "s" : "")}", "1/s", command, Rate, Count));
        }
        return [.. results];
    }

    /// <summary>Measures the pipeline, in statements a second.</summary>
    public static async Task<Measurement[]> RunPipelineAsync(Ways ways)
    {
        var script = $@"{{ echo '\set aid random(1, 100000)'; echo '\startpipeline'; yes 'SELECT abalance FROM pgbench_accounts WHERE aid = :aid;' | head -n {Pipelined}; echo '\endpipeline'; }} >pipeline.sql";
        var command = $"{script}; {BenchTables.Program()} -n -M extended -f pipeline.sql";
        await ways.WarmUpAsync($"{command} -T {WarmUpSeconds}");
        return [await ways.MeasureAsync($"pipeline of {Pipelined} statements", "1/s", $"{command} -t 10", shown => Rate(shown) * Pipelined)];
    }

    private static double Rate(string output) => double.Parse(Tps().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    private static double Count(string output) => double.Parse(Processed().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"transactions actually processed: ([0-9]+)")]
    private static partial Regex Processed();

    [GeneratedRegex(@"tps = ([0-9.]+) \(without initial connection")]
    private static partial Regex Tps();
}
