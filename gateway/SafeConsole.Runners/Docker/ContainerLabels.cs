using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>The labels by which a gateway finds its containers, and by which people see whose they are.</summary>
internal static class ContainerLabels
{
    public const string Gateway = "safeconsole.gateway";
    public const string Runner = "safeconsole.runner";
    public const string Folder = "safeconsole.folder";
    public const string Target = "safeconsole.target";

    /// <summary>A runner's labels.</summary>
    public static Dictionary<string, string> For(RunnerSpec spec, DockerOptions options) =>
        new() { [Gateway] = options.Gateway, [Folder] = options.RuntimeDirectory, [Runner] = spec.Runner, [Target] = spec.Shape.Target };

    /// <summary>All containers that bear a gateway's name, in whatever state.</summary>
    public static ContainersListParameters AllOf(DockerOptions options) => new() { All = true, Filters = FilterFor(options) };

    /// <summary>
    /// True for a container that nobody but this gateway may end: its own runtime folder's, of whichever life, or one of a folder that no gateway serves
    /// now. Two that live and were given one name leave each other's alone.
    /// </summary>
    public static bool IsOf(DockerOptions options, IDictionary<string, string> labels) =>
        !labels.TryGetValue(Folder, out var folder) || folder == options.RuntimeDirectory || !LinkSocket.IsServed(Path.Combine(folder, LinkSocket.FileName));

    /// <summary>What the engine's filters take for one gateway's containers.</summary>
    public static Dictionary<string, IDictionary<string, bool>> FilterFor(DockerOptions options) =>
        new() { ["label"] = new Dictionary<string, bool> { [$"{Gateway}={options.Gateway}"] = true } };
}
