using System.Collections.Immutable;
using SafeConsole.Policies;

namespace SafeConsole.Proxy.Tests.Support;

/// <summary>A target's policy for tests; each test changes with `with` what it is about.</summary>
internal static class Policy
{
    public const string Target = "recipes";

    public static LimitPolicy Limits { get; } = new(
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), 100_000, 64 * 1024 * 1024, 10, 1000, 100, 1024 * 1024,
        TimeSpan.FromMinutes(60), TimeSpan.FromMinutes(15), 0, 0, 0, 0);

    public static TargetPolicy For(DatabasePolicy database, LimitPolicy? limits = null) => new(
        Target, "Recipes", "Recipes", "test", "Recipes team", "",
        new ReplPolicy("psql", "sandbox", [], ImmutableSortedDictionary<string, string>.Empty),
        database,
        new AccessPolicy([], [], false, null, null),
        limits ?? Limits,
        new RefusalPolicy("Ask #recipes.", null),
        "recipes.yaml");

    public static PolicySnapshot Snapshot(TargetPolicy policy, string revision = "revision-1") => new(
        revision, DateTimeOffset.UnixEpoch, ImmutableSortedDictionary<string, TargetPolicy>.Empty.Add(Target, policy));
}
