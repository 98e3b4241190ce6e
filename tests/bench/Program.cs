using System.Globalization;
using SafeConsole.Bench;
using SafeConsole.Scripting;
using SafeConsole.Testing;

var seconds = int.Parse(Option("--seconds") ?? "10", CultureInfo.InvariantCulture);
var only = Option("--only") ?? "";
var psql = new Choice("recipes", "psql", "recipes=>");
var shell = new Choice("recipes-shell", "bash", "$ ");

await using var cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
await BenchTables.CreateAsync(cluster);
await using var pool = await PgBouncer.StartAsync(cluster);
await using var gateway = await RunningGateway.StartAsync(cluster, (shell.Target, BenchPolicy.Raise));
await using var client = await ConsoleClient.DeveloperAsync(gateway.Address);
using var ways = new Ways(client, shell, cluster, pool, new ProcessorTime(gateway));

Console.WriteLine($"{Environment.ProcessorCount} cores; client, gateway, runner and servers on this machine; terminals and transcripts on its disk.");
Console.WriteLine(Measurement.Head);
await ShowAsync("launch", () => LaunchBenchmark.RunAsync(client, psql, cluster));
await ShowAsync("stages", () => new StageBenchmark(cluster).RunAsync());
await ShowAsync("echo", () => EchoBenchmark.RunAsync(client, shell));
await ShowAsync("output", () => OutputBenchmark.RunAsync(client, shell));
await ShowAsync("judge", () => JudgeBenchmark.RunAsync(gateway.PolicyFolder, shell.Target));
await ShowAsync("statements", () => StatementBenchmark.RunAsync(ways, seconds));
await ShowAsync("pipeline", () => StatementBenchmark.RunPipelineAsync(ways));
await ShowAsync("copy", () => CopyBenchmark.RunAsync(ways));
await ShowAsync("memory", () => MemoryBenchmark.RunAsync(client, shell, gateway));

string? Option(string name) => args.SkipWhile(given => given != name).Skip(1).FirstOrDefault();

async Task ShowAsync(string name, Func<Task<Measurement[]>> measure)
{
    if (!name.Contains(only, StringComparison.Ordinal))
    {
        return;
    }
    foreach (var line in await measure())
    {
        Console.WriteLine(line);
    }
}
