using System.Globalization;
using SafeConsole.Bench;
using SafeConsole.Scripting;
using SafeConsole.Testing;

var seconds = int.Parse(Option("--seconds") ?? "10", CultureInfo.InvariantCulture);
var only = Option("--only") ?? "";
string[] names = ["launch", "stages", "echo", "output", "judge", "statements", "pipeline", "copy", "memory"];
if (!names.Any(name => name.Contains(only, StringComparison.Ordinal)))
{
    return Refuse($"No benchmark's name contains «{only}»; there are {string.Join(", ", names)}.");
}
if (RunningGateway.Missing is { } missing)
{
    return Refuse(missing);
}

var psql = new Choice("recipes", "psql", "recipes=>");
var shell = new Choice("recipes-shell", "bash", "$ ");

await using var cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
await BenchTables.CreateAsync(cluster);
await using var pool = await PgBouncer.StartAsync(cluster);
await using var gateway = await RunningGateway.StartAsync(cluster, (shell.Target, BenchPolicy.Raise));
await using var client = await ConsoleClient.DeveloperAsync(gateway.Address);
using var ways = new Ways(client, shell, cluster, pool, new ProcessorTime(gateway));

Console.WriteLine($"{Environment.ProcessorCount} cores; client, gateway, runner and servers on this machine; terminals and transcripts on its disk.");
var table = new MeasurementTable(Console.Out);
await ShowAsync("launch", () => LaunchBenchmark.RunAsync(client, psql, cluster));
await ShowAsync("stages", () => new StageBenchmark(cluster, Console.WriteLine).RunAsync());
await ShowAsync("echo", () => EchoBenchmark.RunAsync(client, shell));
await ShowAsync("output", () => OutputBenchmark.RunAsync(client, shell));
await ShowAsync("judge", () => JudgeBenchmark.RunAsync(gateway.PolicyFolder, shell.Target));
await ShowAsync("statements", () => StatementBenchmark.RunAsync(ways, seconds));
await ShowAsync("pipeline", () => StatementBenchmark.RunPipelineAsync(ways));
await ShowAsync("copy", () => CopyBenchmark.RunAsync(ways));
await ShowAsync("memory", () => MemoryBenchmark.RunAsync(client, shell, gateway));
return 0;

string? Option(string name) => args.SkipWhile(given => given != name).Skip(1).FirstOrDefault();

async Task ShowAsync(string name, Func<Task<Measurement[]>> measure)
{
    if (name.Contains(only, StringComparison.Ordinal))
    {
        table.Print(await measure());
    }
}

int Refuse(string sentence)
{
    Console.Error.WriteLine(sentence);
    return 2;
}
