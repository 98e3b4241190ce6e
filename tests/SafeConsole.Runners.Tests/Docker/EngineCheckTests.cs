using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>What an engine enforces is looked at once, and again after it was away.</summary>
public sealed class EngineCheckTests
{
    private const string Fit = """{"MemoryLimit":true,"PidsLimit":true,"CpuCfsQuota":true,"NCPU":2,"SecurityOptions":["name=seccomp,profile=default"]}""";
    private const string Unconfined = """{"MemoryLimit":true,"PidsLimit":true,"CpuCfsQuota":true,"NCPU":2,"SecurityOptions":["name=seccomp,profile=unconfined"]}""";

    [Fact]
    public async Task Engine_that_broke_off_the_wait_for_a_container_is_looked_at_again_before_the_next_launch()
    {
        var (info, broken) = (Fit, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var waits = 0;
        await using var engine = await SteeredEngine.StartAsync(routes =>
        {
            routes.MapGet("/info", () => Results.Text(info, "application/json"));
            routes.MapPost("/containers/one/wait", async (HttpContext context) =>
            {
                if (Interlocked.Increment(ref waits) > 1)
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await broken.Task;
                context.Abort();
            });
        });
        Assert.Equal(2, await engine.Client.CheckAsync(CancellationToken.None));
        info = Unconfined;
        Assert.Equal(2, await engine.Client.CheckAsync(CancellationToken.None));
        _ = new ContainerWatch(engine.Client, engine.Options, TimeProvider.System, "one");

        broken.SetResult();
        Assert.True(await Deadline.BecomesTrueAsync(() => Volatile.Read(ref waits) > 1, Deadline.Usual));

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => engine.Client.CheckAsync(CancellationToken.None));
        Assert.Contains("without a seccomp profile", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Engine_whose_events_broke_off_is_looked_at_again_though_no_runner_was_there_to_lose()
    {
        var (info, broken) = (Fit, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var streams = 0;
        await using var engine = await SteeredEngine.StartAsync(routes =>
        {
            routes.MapGet("/info", () => Results.Text(info, "application/json"));
            routes.MapGet("/events", async (HttpContext context) =>
            {
                if (Interlocked.Increment(ref streams) > 1)
                    await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await context.Response.StartAsync();
                await broken.Task;
                context.Abort();
            });
        });
        Assert.Equal(2, await engine.Client.CheckAsync(CancellationToken.None));
        info = Unconfined;
        using var events = new EngineEvents(engine.Client, engine.Options, TimeProvider.System);
        events.Add("one", new ContainerEvents(new RunnerLog(TimeProvider.System)));
        events.Remove("one");

        broken.SetResult();
        Assert.True(await Deadline.BecomesTrueAsync(() => Volatile.Read(ref streams) > 1, Deadline.Usual));

        await Assert.ThrowsAsync<RunnerLaunchException>(() => engine.Client.CheckAsync(CancellationToken.None));
    }
}
