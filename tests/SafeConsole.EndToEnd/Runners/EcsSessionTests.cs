using SafeConsole.CloudEndpoint;
using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd.Runners;

/// <summary>A session as a task of a local ECS, with its database's password from a local Parameter Store, the whole way.</summary>
[Collection(SiteTests.Name)]
public sealed class EcsSessionTests(Site site) : IAsyncLifetime
{
    private const string Target = "recipes-shell";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private EcsGateway? ecs;

    private LocalCloud Cloud => ecs!.Cloud;

    private RunningGateway Gateway => ecs!.Gateway;

    public async Task InitializeAsync() => ecs = await EcsGateway.StartAsync(site.Cluster, Target);

    public async Task DisposeAsync()
    {
        if (ecs is not null)
            await ecs.DisposeAsync();
    }

    [Fact]
    public async Task Task_is_launched_stage_by_stage_reads_and_is_stopped_and_the_password_is_seen_by_the_gateway_alone()
    {
        await using var client = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await using var session = await client.OpenAsync(Target, "bash", "REC-9 tasks");
        await session.ShowsAsync("$", within: Patience);

        var stages = session.Entries.Where(entry => entry.Type == "runner.stage").Select(entry => entry.Text("stage")!).ToList();
        Assert.Equal(["queued", "provisioning", "pulling", "starting", "linking", "proving", "ready"], stages);
        await session.AskAsync("psql -Atc \"SELECT 'forty' || '-two'\"", "forty-two", Patience);
        // Only the agent can tell what a task uses, and it does.
        await session.RecordsAsync("runner.measured", entry => entry.Body.GetProperty("memory").GetInt64() > 0, Patience);
        Assert.Single(Cloud.Ecs.Living);

        await session.EndAsync();

        await session.RecordsAsync("session.ended", within: Patience);
        await Eventually.HoldsAsync(() => Cloud.Ecs.Living.Count == 0, "the task is stopped", Patience);
        Assert.All(Cloud.Requests, request => Assert.DoesNotContain(site.Cluster.ReaderPassword, request.Body, StringComparison.Ordinal));
        Assert.DoesNotContain(site.Cluster.ReaderPassword, Gateway.Log, StringComparison.Ordinal);
        Assert.Empty(Cloud.Violations);
    }

    [Fact]
    public async Task Why_ECS_ended_a_task_is_told_to_the_developer_in_a_sentence()
    {
        await using var client = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await using var session = await client.OpenAsync(Target, "bash", "REC-11 interrupted");
        await session.ShowsAsync("$", within: Patience);

        Cloud.Ecs.InterruptSpot(Cloud.Ecs.Living.Single());

        var end = await session.RecordsAsync("session.ended", within: Patience);
        Assert.Equal("RunnerLost", end.Text("reason"));
        Assert.StartsWith("ECS took back the Spot capacity on which the runner ran (Your Spot Task was interrupted)", end.Text("sentence"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_capacity_is_told_to_the_developer_in_a_sentence()
    {
        Cloud.Ecs.Capacity["FARGATE_SPOT"] = EcsCapacity.RefusesAtOnce;
        Cloud.Ecs.Capacity["FARGATE"] = EcsCapacity.RefusesAtOnce;
        await using var client = await ConsoleClient.DeveloperAsync(Gateway.Address);
        await using var session = await client.OpenAsync(Target, "bash", "REC-10 no room");

        var end = await session.RecordsAsync("session.ended", within: Patience);

        Assert.Equal("LaunchFailed", end.Text("reason"));
        Assert.StartsWith("ECS: ", end.Text("sentence"), StringComparison.Ordinal);
    }
}
