using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>Many who want an image that is absent: the engine pulls it once.</summary>
public sealed class SharedPullTests : IAsyncLifetime
{
    private readonly TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string said = "";
    private volatile bool isThere;
    private int pulls;
    private SteeredEngine? engine;

    public async Task InitializeAsync() => engine = await SteeredEngine.StartAsync(Map);

    public async Task DisposeAsync() => await engine!.DisposeAsync();

    [Fact]
    public async Task Ten_launches_of_one_image_make_one_pull_and_each_log_has_its_progress()
    {
        var images = new RunnerImages(engine!.Client);
        var logs = Enumerable.Range(0, 10).Select(_ => new RunnerLog(TimeProvider.System)).ToArray();
        var waiting = await WaitingAsync(images, logs, CancellationToken.None);

        done.SetResult();

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Deadline.Usual), image => Assert.Equal("sha256:one", image.Id));
        Assert.Equal(1, pulls);
        foreach (var log in logs)
            Assert.Contains("Downloaded", await log.LinesAsync());
    }

    [Fact]
    public async Task Who_joins_a_pull_hears_at_once_how_far_it_is()
    {
        var images = new RunnerImages(engine!.Client);
        said = """{"status":"Pulling fs layer","id":"a"}""" + "\n" + """{"status":"Downloading","id":"b","progressDetail":{"current":212000000,"total":640000000}}""" + "\n";
        var (first, second) = (new HeardProgress(), new HeardProgress());
        var pulling = images.GetAsync("one", new RunnerLog(TimeProvider.System), first, CancellationToken.None);
        await Eventually.HoldsAsync(() => first.Told.Count == 2, "the first layer is told");
        Assert.Equal(["Pulling: Pulling one.", "Pulling: Pulling one: 0 of 1 layers are there, 0.0 MB loaded."], first.Told);

        var joining = images.GetAsync("one", new RunnerLog(TimeProvider.System), second, CancellationToken.None);

        await Eventually.HoldsAsync(() => second.Told.Count == 1, "the joiner is told");
        Assert.Equal(first.Told.Last(), Assert.Single(second.Told));
        done.SetResult();
        await Task.WhenAll(pulling, joining).WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task One_that_is_cancelled_leaves_and_the_others_wait_on()
    {
        var images = new RunnerImages(engine!.Client);
        using var first = new CancellationTokenSource();
        var leaving = Assert.Single(await WaitingAsync(images, [new RunnerLog(TimeProvider.System)], first.Token));
        var staying = Assert.Single(await WaitingAsync(images, [new RunnerLog(TimeProvider.System)], CancellationToken.None));

        await first.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        done.SetResult();
        Assert.Equal("sha256:one", (await staying.WaitAsync(Deadline.Usual)).Id);
        Assert.Equal(1, pulls);
    }

    [Fact]
    public async Task Pull_that_nobody_waits_for_any_more_is_given_up_and_the_next_begins_anew()
    {
        var images = new RunnerImages(engine!.Client);
        using var all = new CancellationTokenSource();
        var leaving = await WaitingAsync(images, [new RunnerLog(TimeProvider.System), new RunnerLog(TimeProvider.System)], all.Token);

        await all.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(leaving));
        await givenUp.Task.WaitAsync(Deadline.Usual);
        var next = images.GetAsync("one", new RunnerLog(TimeProvider.System), NoProgress.Instance, CancellationToken.None);
        done.SetResult();
        Assert.Equal("sha256:one", (await next.WaitAsync(Deadline.Usual)).Id);
        Assert.Equal(2, pulls);
    }

    private void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/images/one/json", () => isThere
            ? Results.Text("""{"Id":"sha256:one","Config":{}}""", "application/json")
            : Results.NotFound(new { message = "No such image: one" }));
        routes.MapPost("/images/create", async (HttpContext context) =>
        {
            Interlocked.Increment(ref pulls);
            await context.Response.WriteAsync(said);
            await context.Response.Body.FlushAsync();
            begun.TrySetResult();
            await done.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (context.RequestAborted.IsCancellationRequested)
            {
                givenUp.TrySetResult();
                return;
            }
            isThere = true;
            await context.Response.WriteAsync("""{"status":"Downloaded"}""" + "\n");
        });
    }

    /// <summary>Each has joined the pull when this returns, and it is under way.</summary>
    private async Task<Task<RunnerImage>[]> WaitingAsync(RunnerImages images, RunnerLog[] logs, CancellationToken cancellationToken)
    {
        var waiting = logs.Select(log => images.GetAsync("one", log, NoProgress.Instance, cancellationToken)).ToArray();
        foreach (var log in logs)
            await log.FollowAsync(CancellationToken.None).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync().AsTask().WaitAsync(Deadline.Usual, CancellationToken.None);
        await begun.Task.WaitAsync(Deadline.Usual, CancellationToken.None);
        return waiting;
    }
}
