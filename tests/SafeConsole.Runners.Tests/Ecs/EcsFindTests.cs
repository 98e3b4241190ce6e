using SafeConsole.CloudEndpoint.Ecs;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>A gateway finds its own tasks again, all of them and no others.</summary>
public sealed class EcsFindTests : EcsTests
{
    [Fact]
    public async Task Next_life_of_a_gateway_finds_its_tasks_and_stops_them()
    {
        await using var one = await Site.LaunchAsync();
        await using var two = await Site.LaunchAsync();
        using var nextLife = EcsSite.NewLauncher(Site.Cloud, Site.Server);

        var found = await nextLife.FindAsync(CancellationToken.None);

        Assert.Equal(new[] { one.Id, two.Id }.Order(), found.Select(runner => runner.Id).Order());
        foreach (var runner in found)
            Assert.True(await nextLife.StopAsync(runner, CancellationToken.None));
        await Task.WhenAll(one.Exited, two.Exited).WaitAsync(Deadline.Usual);
        Assert.Empty(await nextLife.FindAsync(CancellationToken.None));
        foreach (var runner in found)
            Assert.False(await nextLife.StopAsync(runner, CancellationToken.None));
    }

    [Fact]
    public async Task Task_of_another_gateway_is_not_found()
    {
        await using var runner = await Site.LaunchAsync();
        using var other = EcsSite.NewLauncher(Site.Cloud, Site.Server, "two");

        Assert.Empty(await other.FindAsync(CancellationToken.None));
        Assert.Single(await Site.Launcher.FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Tasks_on_all_pages_are_found_whatever_state_they_have_reached()
    {
        Site.Ecs.PageSize = 2;
        Site.Ecs.Pace = EcsPace.Stuck;
        using var giveUp = new CancellationTokenSource();
        var specs = Enumerable.Range(0, 5).Select(_ => Site.Server.NewSpec()).ToList();
        var launches = specs.Select(spec => Site.Launcher.LaunchAsync(spec, NoProgress.Instance, giveUp.Token)).ToList();
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 5, Deadline.Usual));

        var found = await Site.Launcher.FindAsync(CancellationToken.None);

        Assert.Equal(specs.Select(spec => spec.Runner).Order(), found.Select(runner => runner.Runner).Order());
        await giveUp.CancelAsync();
        foreach (var launch in launches)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => launch);
    }

    [Fact]
    public async Task Hundreds_of_tasks_are_looked_at_by_a_hundred()
    {
        Site.Ecs.Pace = EcsPace.Stuck;
        using var giveUp = new CancellationTokenSource();
        var launches = Enumerable.Range(0, 230).Select(_ => Site.Launcher.LaunchAsync(Site.Server.NewSpec(), NoProgress.Instance, giveUp.Token)).ToList();
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 230, Deadline.Usual));

        Assert.Equal(230, (await Site.Launcher.FindAsync(CancellationToken.None)).Count);

        var looks = Site.Cloud.Requests.Where(request => request.Operation == "DescribeTasks").Select(request => System.Text.Json.Nodes.JsonNode.Parse(request.Body)!["tasks"]!.AsArray().Count).ToList();
        Assert.Equal(100, looks.Max());
        await giveUp.CancelAsync();
        foreach (var launch in launches)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => launch);
        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Ecs.Living.Count == 0, Deadline.Usual));
    }

    [Fact]
    public async Task Engine_that_cannot_be_asked_is_a_sentence()
    {
        Site.Cloud.Faults.Deny("ListTasks", 1);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Site.Launcher.FindAsync(CancellationToken.None));

        Assert.StartsWith("ECS: AccessDeniedException, ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Image_is_the_task_definitions_newest_revision()
    {
        var shape = EcsSite.ShapeOf(LinkServer.Limits);
        Assert.EndsWith("/safeconsole-runner:1", await Site.Launcher.CurrentImageAsync(shape, CancellationToken.None), StringComparison.Ordinal);

        var second = Site.Ecs.Register(EcsSite.Family, EcsSite.Container, "runner:2");

        Assert.Equal(second, await Site.Launcher.CurrentImageAsync(shape, CancellationToken.None));
        await using var runner = await Site.LaunchAsync();
        Assert.Equal(second, runner.Image);
    }
}
