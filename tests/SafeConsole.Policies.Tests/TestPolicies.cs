using System.Collections.Immutable;

namespace SafeConsole.Policies.Tests;

/// <summary>A target's policy as a test needs one.</summary>
internal static class TestPolicies
{
    public static TargetPolicy Recipes { get; } = Make(new RefusalPolicy(null, null));

    public static TargetPolicy Make(RefusalPolicy refusal) => new(
        "recipes",
        "Recipes",
        "Recipes",
        "production",
        "Recipes team",
        "",
        new ReplPolicy("psql", "sandbox", [new ReplOption("psql", "psql", "", ["psql"])], ImmutableSortedDictionary<string, string>.Empty),
        new DatabasePolicy("postgres", "127.0.0.1", 5432, "recipes", "safe_reader", null, TlsMode.Disable, null, new ProofPolicy(true, true, TimeSpan.FromSeconds(60))),
        new AccessPolicy(["safeconsole-developers"], [], false, null, null),
        new LimitPolicy(
            TimeSpan.FromSeconds(5),
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(60),
            100_000,
            64 * 1024 * 1024,
            10,
            1_000,
            100,
            1024 * 1024,
            TimeSpan.FromMinutes(60),
            TimeSpan.FromMinutes(15),
            512 * 1024 * 1024,
            64,
            256 * 1024 * 1024,
            256 * 1024 * 1024),
        refusal,
        "targets/recipes.yaml");
}
