using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>All policies as they were at one moment; never changes. <see cref="Revision"/> is the hash of the whole policy folder's content.</summary>
public sealed record PolicySnapshot(
    string Revision,
    DateTimeOffset LoadedAt,
    ImmutableSortedDictionary<string, TargetPolicy> Targets)
{
    /// <summary>The YAML that the snapshot was read from, by path relative to the policy folder.</summary>
    public ImmutableSortedDictionary<string, string> Sources { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
