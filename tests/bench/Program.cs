using System.Globalization;
using SafeConsole.Bench;
using SafeConsole.Scripting;
using SafeConsole.Testing;

var seconds = args is ["--seconds", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : 10;
var psql = new Choice("recipes", "psql", "recipes=>");
var shell = new Choice("recipes-shell", "bash", "$ ");

await using var cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
await using var gateway = await RunningGateway.StartAsync(cluster);
await using var client = await ConsoleClient.DeveloperAsync(gateway.Address);

Console.WriteLine($"{Environment.ProcessorCount} cores; client, gateway, runner and servers on this machine; terminals and transcripts on its disk.");
Console.WriteLine($"{"",-34} {"",6} {"SafeConsole",12} {"without",12} {"ratio",9}");
await ShowAsync(LaunchBenchmark.RunAsync(client, psql, cluster));
await ShowAsync(EchoBenchmark.RunAsync(client, shell));
await ShowAsync(OutputBenchmark.RunAsync(client, shell));
await ShowAsync(StatementBenchmark.RunAsync(client, shell, cluster, seconds));

static async Task ShowAsync(Task<Measurement[]> measured)
{
    foreach (var line in await measured)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.What,-34} {line.Unit,6} {line.Through,12:#,0.0} {line.Without,12:#,0.0} {line.Ratio,9}"));
    }
}
