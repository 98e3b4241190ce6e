using System.Diagnostics;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>
/// From the click on Open to psql's prompt by the stages of the launch, for each launcher of this machine: cold, and with a runner that waited. The engine
/// is the one that tests/run.sh would use; where none answers there are no rows for it, and <paramref name="say"/> is told so.
/// </summary>
public sealed class StageBenchmark(PostgresCluster cluster, Action<string> say)
{
    private const int Launches = 20;
    private const int Waiting = 2;
    private const string Target = "recipes";
    private static readonly Choice Psql = new(Target, "psql", "recipes=>");

    /// <summary>Median and 95th percentile of each stage and of the whole way.</summary>
    public async Task<Measurement[]> RunAsync()
    {
        var rows = new List<Measurement>();
        foreach (var launcher in await LaunchersAsync())
        {
            rows.AddRange(await MeasureAsync(launcher, warm: false));
            rows.AddRange(await MeasureAsync(launcher, warm: true));
        }
        return [.. rows];
    }

    private async Task<StageLauncher[]> LaunchersAsync()
    {
        var (sandbox, ecs) = (StageLauncher.Sandbox(cluster, Target), StageLauncher.Ecs(cluster, Target));
        say("ecs: a local endpoint, no cloud. It adds no delay and runs tasks as sandboxes; the gateway looks at them once a second, as it does on AWS.");
        try
        {
            return [sandbox, await StageLauncher.DockerAsync(cluster, Target), ecs];
        }
        catch (InvalidOperationException)
        {
            say("docker: left out, for no Docker engine with the runner image answers; bash runner-image/build-image.sh starts one and builds the image.");
            return [sandbox, ecs];
        }
    }

    private static async Task<IEnumerable<Measurement>> MeasureAsync(StageLauncher launcher, bool warm)
    {
        var (address, site) = await launcher.StartAsync(warm ? Waiting : 0);
        await using var ending = site;
        await using var client = await ConsoleClient.DeveloperAsync(address);
        await using var sre = await ConsoleClient.ConnectAsync(address, "demo-script-sre", "demo-script-sre-secret");
        var (whole, stages) = (new Samples(), new StageSamples());
        // The first launch compiles the gateway's code.
        for (var launch = -1; launch < Launches; launch++)
        {
            if (warm)
                await WaitsAsync(sre);
            var (clicked, begun) = (DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
            await using var session = await Psql.OpenAsync(client);
            if (launch < 0)
                continue;
            whole.AddSince(begun);
            stages.Add(session, Psql.Prompt, clicked, DateTimeOffset.UtcNow);
        }

        var name = $"{launcher.Row}, {(warm ? "warm" : "cold")}";
        return stages.All.Select(stage => Row($"{name}: {stage.Name}", stage.Samples, 50)).Append(Row($"{name}: click to prompt", whole, 50)).Append(Row($"{name}: click to prompt", whole, 95));
    }

    private static Task WaitsAsync(ConsoleClient sre) => Eventually.HoldsAsync(
        async () => (await sre.GetAsync("/api/operations")).GetProperty("warm").EnumerateArray().Any(pool => pool.GetProperty("ready").GetInt32() == Waiting),
        "two runners wait", TimeSpan.FromMinutes(1));

    private static Measurement Row(string name, Samples samples, int percent) =>
        new($"{name}, {(percent == 50 ? "median" : $"p{percent}")}", "ms", samples.Percentile(percent), null, null);
}
