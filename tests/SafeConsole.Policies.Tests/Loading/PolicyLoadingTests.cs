using SafeConsole.Policies.Loading;

namespace SafeConsole.Policies.Tests.Loading;

/// <summary>From YAML to policies.</summary>
public sealed class PolicyLoadingTests : IDisposable
{
    private readonly PolicyFolderFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_target_inherits_what_it_does_not_say()
    {
        fixture.Write("targets/recipes.yaml", PolicyFolderFixture.Target + "\nlimits: { statementTimeout: 1h, idle: 1m30s, rowsPerStatement: 7 }\nrefusal: { text: Ask., link: 'https://x.example.org/a' }\n");

        using PolicyStore store = await PolicyStore.OpenAsync(fixture.Folder);

        TargetPolicy policy = store.Current.Targets["recipes"];
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromSeconds(90), 7), (policy.Limits.StatementTimeout, policy.Limits.Idle, policy.Limits.RowsPerStatement));
        Assert.Equal((TimeSpan.FromSeconds(1), 64L * 1024 * 1024, 512L * 1024 * 1024), (policy.Limits.LockTimeout, policy.Limits.BytesPerStatement, policy.Limits.Memory));
        Assert.Equal((1_000, 100, 1024 * 1024), (policy.Limits.PreparedStatements, policy.Limits.Cursors, policy.Limits.StatementLength));
        Assert.Equal(new ProofPolicy(true, true, TimeSpan.FromSeconds(60)), policy.Database.Proof);
        Assert.Equal(new RefusalPolicy("Ask.", new Uri("https://x.example.org/a")), policy.Refusal);
        Assert.Equal("targets/recipes.yaml", policy.File);
        Assert.Equal(PolicyFolderFixture.Defaults, store.Current.Sources["default.yaml"]);
    }

    [Fact]
    public async Task Runners_of_docker_and_ecs_are_described()
    {
        fixture.Write("targets/in-docker.yaml", PolicyFolderFixture.Target.Replace("launcher: sandbox", "launcher: docker\n  image: safeconsole/runner:1\n  warm: 3"));
        fixture.Write("targets/in-ecs.yaml", PolicyFolderFixture.Target.Replace(
            "launcher: sandbox", "launcher: ecs\n  ecs: { taskDefinition: consoles, container: runner, capacityProviders: [FARGATE_SPOT, FARGATE] }"));
        fixture.Write("default.yaml", PolicyFolderFixture.Defaults.Replace("processors: 1", "processors: 0.25"));

        using PolicyStore store = await PolicyStore.OpenAsync(fixture.Folder);

        TargetPolicy docker = store.Current.Targets["in-docker"];
        Assert.Equal(("safeconsole/runner:1", 3, null), (docker.Repl.Image, docker.Repl.Warm, docker.Repl.Ecs));
        EcsPolicy ecs = store.Current.Targets["in-ecs"].Repl.Ecs!;
        Assert.Equal(("consoles", "runner"), (ecs.TaskDefinition, ecs.Container));
        Assert.Equal("FARGATE_SPOT FARGATE", string.Join(' ', ecs.CapacityProviders));
        Assert.Equal((0.25, 0.5, TimeSpan.FromMinutes(5)), (docker.Limits.Processors, docker.Limits.RunawayProcessors, docker.Limits.RunawayAfter));
    }

    [Fact]
    public async Task The_policies_of_this_repository_are_valid()
    {
        using PolicyStore store = await PolicyStore.OpenAsync(Path.Combine(AppContext.BaseDirectory, "policies"));

        Assert.Equal(["recipes", "recipes-python", "recipes-shell"], store.Current.Targets.Keys);
        Assert.All(store.Current.Sources.Values, source => Assert.StartsWith("# yaml-language-server: $schema=", source, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_revision_follows_names_and_contents_alone()
    {
        using PolicyStore store = await PolicyStore.OpenAsync(fixture.Folder);
        string first = store.Current.Revision;
        fixture.Write("README.md", "unrelated");
        await store.ReloadAsync();
        string second = store.Current.Revision;
        fixture.Write("targets/recipes-copy.yaml", PolicyFolderFixture.Target);
        await store.ReloadAsync();

        Assert.Matches("^[0-9a-f]{16}$", first);
        Assert.Equal(first, second);
        Assert.NotEqual(first, store.Current.Revision);
    }

    [Theory]
    [InlineData("5s", 5_000)]
    [InlineData("15m", 900_000)]
    [InlineData("1h30m", 5_400_000)]
    [InlineData("200ms", 200)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    public void Durations_are_read_with_their_units(string text, int milliseconds)
    {
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), PolicyUnits.Duration(text));
        Assert.Equal(PolicyUnits.Duration(text), PolicyUnits.Duration(PolicyUnits.Show(TimeSpan.FromMilliseconds(milliseconds))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-5s")]
    [InlineData("1m1h")]
    [InlineData("5sec")]
    [InlineData("1.5s")]
    [InlineData("99999999h")]
    public void What_is_not_quite_a_duration_is_none(string text) => Assert.Null(PolicyUnits.Duration(text));

    [Theory]
    [InlineData("64MiB", 67_108_864)]
    [InlineData("1KiB", 1_024)]
    [InlineData("5B", 5)]
    [InlineData("64MB", null)]
    [InlineData("64", null)]
    [InlineData("-1KiB", null)]
    public void Sizes_are_read_with_their_units(string text, int? bytes) => Assert.Equal(bytes, PolicyUnits.Size(text));

    [Theory]
    [InlineData("100_000", 100_000)]
    [InlineData("10", 10)]
    [InlineData("1e3", null)]
    [InlineData("_1", null)]
    [InlineData("", null)]
    public void Counts_may_have_underscores(string text, int? count) => Assert.Equal(count, PolicyUnits.Count(text));

    [Fact]
    public void Access_is_by_exact_group_or_person()
    {
        var access = new AccessPolicy(["developers"], ["https://login.example.org|42"], true, "^REC-[0-9]+", "REC-1");

        Assert.True(access.Admits(["other", "developers"], "x", "y"));
        Assert.True(access.Admits([], "https://login.example.org", "42"));
        Assert.False(access.Admits(["Developers"], "https://login.example.org", "43"));
        Assert.False(access.Admits([], "https://evil.example.org", "42"));
        Assert.Equal((true, false, false), (access.AcceptsReason("REC-12 look"), access.AcceptsReason("look"), access.AcceptsReason(" ")));
    }
}
