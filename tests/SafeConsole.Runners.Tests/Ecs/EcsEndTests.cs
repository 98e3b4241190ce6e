using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Ecs;

/// <summary>What is known of a runner's end, however its task ended.</summary>
public sealed class EcsEndTests : EcsTests
{
    [Fact]
    public async Task Spot_interruption_is_told()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);

        Site.Ecs.InterruptSpot(repl.Runner.Id);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("ECS took back the Spot capacity on which the runner ran (Your Spot Task was interrupted).", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Container_that_used_too_much_memory_is_told_with_its_code()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);

        Site.Ecs.ExhaustMemory(repl.Runner.Id);

        Assert.Equal(137, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
        Assert.Equal("The runner was ended because it used more memory than it may (OutOfMemoryError: Container killed due to memory usage).", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Task_that_ecs_knows_no_more_counts_as_ended()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);

        Site.Ecs.Lose(repl.Runner.Id);

        Assert.Null(await repl.Runner.Exited.WaitAsync(Deadline.Usual));
        Assert.Equal("ECS does not know the runner's task any more (MISSING in runners), so it counts as ended.", repl.Runner.EndSentence);
        // Its stop is no error either.
        await repl.Runner.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Task_that_somebody_else_stopped_says_so()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);
        using var other = EcsSite.NewLauncher(Site.Cloud, Site.Server);

        Assert.True(await other.StopAsync(new FoundRunner("any", repl.Runner.Id), CancellationToken.None));

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("ECS stopped the runner (UserInitiated): No session owns this runner.", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Looks_that_fail_end_no_session()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);

        Site.Cloud.Faults.Fail("DescribeTasks", 9);
        Site.Cloud.Faults.LoseAnswer("DescribeTasks", 3);
        Site.Cloud.Faults.Deny("DescribeTasks", 2);

        Assert.True(await Deadline.BecomesTrueAsync(() => Site.Cloud.Faults.Left("DescribeTasks") == 0, Deadline.Usual));
        Assert.Equal("still\r\n", await repl.RunAsync("echo still"));
        Assert.False(repl.Runner.Exited.IsCompleted);
    }

    [Fact]
    public async Task Stop_that_ecs_refuses_is_left_to_the_next_sweep()
    {
        await using var repl = await Repl.BashAsync(Site.Launcher, Site.Server);
        Site.Cloud.Faults.Deny("StopTask", 1);

        await repl.Runner.StopAsync(CancellationToken.None);

        Assert.Equal([repl.Runner.Id], (await Site.Launcher.FindAsync(CancellationToken.None)).Select(found => found.Id));
    }
}
