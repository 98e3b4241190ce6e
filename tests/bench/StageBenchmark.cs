using System.Diagnostics;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>
/// From the click on Open to psql's prompt by the stages of the launch, for each launcher of this machine: cold, and with a runner that waited. The engine
/// is the one that tests/run.sh would use; where none answers there are no rows for it.
/// </summary>
public sealed class StageBenchmark(PostgresCluster cluster)
{
    private const int Launches = 20;
    private const string Target = "recipes";
    private static readonly Choice Psql = new(Target, "psql", "recipes=>");

    /// <summary>Median and 95th percentile of each stage and of the whole way.</summary>
    public async Task<Measurement[]> RunAsync()
    {
        var engine = await EngineAsync();
        var rows = new List<Measurement>();
        foreach (var launcher in engine is null ? ["sandbox"] : new[] { "sandbox", "docker" })
        {
            rows.AddRange(await MeasureAsync(launcher, engine, warm: false));
            rows.AddRange(await MeasureAsync(launcher, engine, warm: true));
        }
        return [.. rows];
    }

    private static async Task<string?> EngineAsync()
    {
        try
        {
            return await DockerCommand.HostAsync();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private async Task<IEnumerable<Measurement>> MeasureAsync(string launcher, string? engine, bool warm)
    {
        var settings = engine is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["Runners:Docker:Engine"] = engine };
        var runs = (launcher == "docker" ? "launcher: docker\n  image: safeconsole/runner:dev" : "launcher: sandbox") + (warm ? "\n  warm: 2" : "");
        await using var gateway = await RunningGateway.StartAsync(cluster, (Target, policy => policy.Replace("launcher: sandbox", runs, StringComparison.Ordinal)), settings);
        await using var client = await ConsoleClient.DeveloperAsync(gateway.Address);
        await using var sre = await ConsoleClient.ConnectAsync(gateway.Address, "demo-script-sre", "demo-script-sre-secret");
        var (whole, stages) = (new Samples(), new Dictionary<string, Samples>());
        // The first launch compiles the gateway's code.
        for (var launch = -1; launch < Launches; launch++)
        {
            if (warm)
                await WaitsAsync(sre);
            var begun = Stopwatch.GetTimestamp();
            await using var session = await Psql.OpenAsync(client);
            if (launch >= 0)
                Add(session, begun, whole, stages);
        }

        var name = $"{launcher}, {(warm ? "warm" : "cold")}";
        return stages.Select(stage => Row($"{name}: {stage.Key}", stage.Value, 50)).Append(Row($"{name}: click to prompt", whole, 50)).Append(Row($"{name}: click to prompt", whole, 95));
    }

    private static void Add(OpenedSession session, long begun, Samples whole, Dictionary<string, Samples> stages)
    {
        whole.AddSince(begun);
        foreach (var stage in session.Entries.Where(entry => entry.Type == "runner.stage"))
        {
            if (!stages.TryGetValue(stage.Text("stage")!, out var samples))
                stages[stage.Text("stage")!] = samples = new Samples();
            samples.Add(stage.Body.GetProperty("seconds").GetDouble() * 1000);
        }
    }

    private static Task WaitsAsync(ConsoleClient sre) => Eventually.HoldsAsync(
        async () => (await sre.GetAsync("/api/operations")).GetProperty("warm").EnumerateArray().Any(pool => pool.GetProperty("ready").GetInt32() == 2),
        "two runners wait", TimeSpan.FromMinutes(1));

    private static Measurement Row(string name, Samples samples, int percent) =>
        new($"{name}, {(percent == 50 ? "median" : $"p{percent}")}", "ms", samples.Percentile(percent), null, null);
}
