using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>A gateway whose shell target runs in containers of the runner image, and to which targets of other images can be added.</summary>
internal sealed class DockerGateway : IAsyncDisposable
{
    public const string Shell = "recipes-shell";

    private const string Image = "safeconsole/runner:dev";

    private DockerGateway(RunningGateway gateway) => Gateway = gateway;

    public RunningGateway Gateway { get; }

    /// <summary>The label by which this gateway finds its containers.</summary>
    public string Label => "safeconsole.gateway=" + Gateway.RuntimeFolder;

    /// <summary>Starts it on a cluster.</summary>
    public static async Task<DockerGateway> StartAsync(PostgresCluster cluster, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>()) { ["Runners:Docker:Engine"] = await DockerCommand.HostAsync() };
        return new DockerGateway(await RunningGateway.StartAsync(cluster, (Shell, InContainers), settings));
    }

    /// <summary>The ids of this gateway's containers, running or not.</summary>
    public async Task<string[]> ContainersAsync() =>
        (await DockerCommand.RunAsync("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=" + Label)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Adds a target from an example's policy file and returns when it is in force.</summary>
    public async Task AddAsync(string target, string policyFile)
    {
        Gateway.AddPolicy(target, await File.ReadAllTextAsync(policyFile));
        await using var script = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await Eventually.HoldsAsync(
            async () => (await script.GetAsync("/api/targets")).EnumerateArray().Any(shown => shown.GetProperty("name").GetString() == target), $"{target} is in force");
    }

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    private static string InContainers(string policy) =>
        policy.Replace("  launcher: sandbox\n", $"  launcher: docker\n  image: {Image}\n", StringComparison.Ordinal);
}
