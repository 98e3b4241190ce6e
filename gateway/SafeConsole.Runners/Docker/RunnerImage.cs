using Docker.DotNet.Models;

namespace SafeConsole.Runners.Docker;

/// <summary>
/// An image that the engine has: the name by which the policy asks for it, the digest that says which one it was, and the volumes that it declares.
/// </summary>
internal sealed record RunnerImage(string Name, string Id, IReadOnlyList<string> Volumes)
{
    /// <summary>What a person reads: the name, and enough of the digest to tell two apart.</summary>
    public string Title => $"{Name} ({Id.Replace("sha256:", "", StringComparison.Ordinal)[..12]})";

    public static RunnerImage From(string name, ImageInspectResponse found) => new(name, found.ID, [.. found.Config?.Volumes?.Keys ?? []]);
}
