using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>An engine that accepts the wait for a container's end and never answers it.</summary>
public sealed class ContainerWatchTests : IAsyncLifetime
{
    private const string Running = """{"State":{"Status":"running","Running":true,"ExitCode":0,"FinishedAt":"0001-01-01T00:00:00Z"}}""";
    private const string Ended = """{"State":{"Status":"exited","Running":false,"ExitCode":5,"FinishedAt":"2026-11-25T00:00:00Z"}}""";

    private readonly FakeTimeProvider time = new();
    private readonly TaskCompletionSource waited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? state = Running;
    private int looks;
    private SteeredEngine? engine;

    public async Task InitializeAsync() => engine = await SteeredEngine.StartAsync(Map);

    public async Task DisposeAsync() => await engine!.DisposeAsync();

    [Fact]
    public async Task End_is_noticed_half_a_minute_later_though_the_wait_is_silent()
    {
        var watch = await BeginAsync();
        Assert.True(await Deadline.BecomesTrueAsync(() => LooksAfter(TimeSpan.FromSeconds(1)) > 0, Deadline.Usual));
        Assert.False(watch.Ended.IsCompleted);

        state = Ended;

        Assert.Equal(5, (await AdvanceUntilAsync(watch, TimeSpan.FromSeconds(31))).Code);
    }

    [Fact]
    public async Task End_that_something_hints_at_is_noticed_at_once_though_the_wait_is_silent()
    {
        var watch = await BeginAsync();
        state = Ended;

        watch.Hint();

        Assert.Equal((5, false), await AdvanceUntilAsync(watch, TimeSpan.FromSeconds(1)) is var end ? (end.Code, end.Removed) : default);
    }

    [Fact]
    public async Task Container_that_was_removed_is_noticed_though_the_wait_is_silent()
    {
        var watch = await BeginAsync();
        state = null;

        watch.Hint();

        Assert.True((await AdvanceUntilAsync(watch, TimeSpan.FromSeconds(1))).Removed);
    }

    [Fact]
    public async Task Hint_that_was_wrong_costs_one_look_and_ends_nothing()
    {
        var watch = await BeginAsync();

        watch.Hint();
        Assert.True(await Deadline.BecomesTrueAsync(() => LooksAfter(TimeSpan.FromSeconds(0.1)) > 0, Deadline.Usual));

        Assert.Equal(1, LooksAfter(TimeSpan.FromSeconds(20)));
        Assert.False(watch.Ended.IsCompleted);
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/containers/one/wait", async (HttpContext context) =>
        {
            waited.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        routes.MapGet("/containers/one/json", () =>
        {
            Interlocked.Increment(ref looks);
            return state is { } now ? Results.Text(now, "application/json") : Results.NotFound(new { message = "No such container: one" });
        });
    }

    private int LooksAfter(TimeSpan passed)
    {
        time.Advance(passed);
        return Volatile.Read(ref looks);
    }

    private async Task<ContainerWatch> BeginAsync()
    {
        var watch = new ContainerWatch(engine!.Client, engine.Options, time, "one");
        await waited.Task.WaitAsync(Deadline.Usual);
        return watch;
    }

    /// <summary>The watch begins to wait for its time at a moment that it does not tell.</summary>
    private async Task<ContainerEnd> AdvanceUntilAsync(ContainerWatch watch, TimeSpan step)
    {
        Assert.True(await Deadline.BecomesTrueAsync(() => { time.Advance(step); return watch.Ended.IsCompleted; }, Deadline.Usual));
        return await watch.Ended;
    }
}
