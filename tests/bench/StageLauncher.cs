using SafeConsole.CloudEndpoint;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>A launcher and how a gateway is started, for it alone, one of whose targets it serves.</summary>
public sealed record StageLauncher
{
    private const string Image = "safeconsole/runner:dev";

    private readonly Func<Func<string, string>, Task<(Uri Address, IAsyncDisposable Site)>> start;

    private StageLauncher(string name, string row, Func<Func<string, string>, Task<(Uri Address, IAsyncDisposable Site)>> start) => (Name, Row, this.start) = (name, row, start);

    /// <summary>As policies name it.</summary>
    public string Name { get; }

    /// <summary>As the table names it.</summary>
    public string Row { get; }

    /// <summary>Sandboxes of this machine.</summary>
    public static StageLauncher Sandbox(PostgresCluster cluster, string target) => new("sandbox", "sandbox", async edit =>
    {
        var gateway = await RunningGateway.StartAsync(cluster, (target, edit));
        return (gateway.Address, gateway);
    });

    /// <summary>Tasks of the local endpoint, which adds no delay of its own.</summary>
    public static StageLauncher Ecs(PostgresCluster cluster, string target) => new("ecs", "ecs (local endpoint)", async edit =>
    {
        var ecs = await EcsGateway.StartAsync(cluster, target, edit, EcsPace.Immediate);
        return (ecs.Gateway.Address, ecs);
    });

    /// <summary>Containers of the runner image. Throws <see cref="InvalidOperationException"/> where there is no engine, or none that has the image.</summary>
    public static async Task<StageLauncher> DockerAsync(PostgresCluster cluster, string target)
    {
        var settings = new Dictionary<string, string> { ["Runners:Docker:Engine"] = await DockerCommand.HostAsync() };
        await DockerCommand.RunAsync("image", "inspect", "--format", "{{.Id}}", Image);
        return new StageLauncher("docker", "docker", async edit =>
        {
            string Change(string policy) => edit(policy.Replace("  launcher: sandbox\n", $"  launcher: docker\n  image: {Image}\n", StringComparison.Ordinal));
            var gateway = await RunningGateway.StartAsync(cluster, (target, Change), settings);
            return (gateway.Address, gateway);
        });
    }

    /// <summary>Starts the gateway; so many runners of the target wait.</summary>
    public Task<(Uri Address, IAsyncDisposable Site)> StartAsync(int warm) =>
        start(policy => policy.Replace($"  launcher: {Name}\n", $"  launcher: {Name}\n  warm: {warm}\n", StringComparison.Ordinal));
}
