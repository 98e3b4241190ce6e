using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>The labels by which a gateway finds its containers, and by which people see whose they are.</summary>
internal static class ContainerLabels
{
    public const string Gateway = "safeconsole.gateway";
    public const string Runner = "safeconsole.runner";
    public const string Target = "safeconsole.target";

    /// <summary>A runner's labels.</summary>
    public static Dictionary<string, string> For(RunnerSpec spec, DockerOptions options) =>
        new() { [Gateway] = options.Gateway, [Runner] = spec.Runner, [Target] = spec.Shape.Target };

    /// <summary>All containers of a gateway, in whatever state.</summary>
    public static ContainersListParameters AllOf(DockerOptions options) => new() { All = true, Filters = FilterFor(options) };

    /// <summary>What the engine's filters take for one gateway's containers.</summary>
    public static Dictionary<string, IDictionary<string, bool>> FilterFor(DockerOptions options) =>
        new() { ["label"] = new Dictionary<string, bool> { [$"{Gateway}={options.Gateway}"] = true } };
}
