using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Launching;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Launching;

public sealed class WarmPoolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Opening_claims_a_booted_runner_and_another_takes_its_place()
    {
        await using var gateway = await WarmAsync(1);
        var waiting = (await ReadyAsync(gateway, 1))[0].Booted;
        await using var script = await Script.DeveloperAsync(gateway);

        var session = await script.OpenAsync();

        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        var stages = follower.Events.OfType<RunnerStageReached>().ToList();
        Assert.Equal(["claiming", "proving", "ready"], stages.Select(stage => stage.Stage));
        Assert.StartsWith($"{waiting.Runner.Id}, which waited ", stages[0].Detail, StringComparison.Ordinal);
        await script.TypeAsync(session, "echo $SAFECONSOLE_SESSION-$((6*7))\r");
        await follower.ShowsAsync($"{session}-42");
        var next = (await ReadyAsync(gateway, 1))[0].Booted;
        Assert.NotEqual(waiting.Id, next.Id);
    }

    [Fact]
    public async Task Claimed_runner_never_comes_back()
    {
        await using var gateway = await WarmAsync(1);
        var waiting = (await ReadyAsync(gateway, 1))[0].Booted;
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");

        await script.TypeAsync(session, "exit\r");

        Assert.Equal(SessionEndReason.ReplExited, (await follower.EndsAsync()).Reason);
        Assert.True(waiting.Runner.Exited.IsCompleted);
        Assert.False(gateway.Services.GetRequiredService<LiveRunners>().Owns(waiting.Id));
        Assert.NotEqual(waiting.Id, (await ReadyAsync(gateway, 1))[0].Booted.Id);
    }

    [Fact]
    public async Task Two_that_open_at_once_never_get_the_same_runner()
    {
        await using var gateway = await WarmAsync(1);
        await ReadyAsync(gateway, 1);
        await using var script = await Script.DeveloperAsync(gateway);

        var opened = await Task.WhenAll(script.OpenAsync(), script.OpenAsync());

        await Eventually.HoldsAsync(() => opened.All(session => gateway.Sessions.Find(session) is { Terminal: not null }), "both run", Patience);
        Assert.Equal(2, opened.Select(session => gateway.Sessions.Find(session)!.Runner!.Id).Distinct().Count());
    }

    [Fact]
    public async Task Runner_that_is_not_what_the_policy_says_any_more_is_replaced()
    {
        await using var gateway = await WarmAsync(1);
        var before = (await ReadyAsync(gateway, 1))[0].Booted;

        gateway.Policies.Write("shell", PolicyFolder.Shell(warm: 1).Replace("memory: 512MiB", "memory: 256MiB", StringComparison.Ordinal));
        await gateway.ReloadPoliciesAsync();

        await before.Runner.Exited.WaitAsync(Patience);
        Assert.Equal(256 << 20, (await ReadyAsync(gateway, 1))[0].Booted.Shape.Limits.Memory);
    }

    [Fact]
    public async Task Fewer_or_none_is_followed_too()
    {
        await using var gateway = await WarmAsync(2);
        var both = await ReadyAsync(gateway, 2);

        gateway.Policies.Write("shell", PolicyFolder.Shell(warm: 0));
        await gateway.ReloadPoliciesAsync();

        await Task.WhenAll(both.Select(warm => warm.Booted.Runner.Exited)).WaitAsync(Patience);
        Assert.Equal((0, 0), ShelfOf(gateway)!.Counts);
    }

    [Fact]
    public async Task Runner_that_died_is_not_given_out()
    {
        await using var gateway = await WarmAsync(1);
        var waiting = (await ReadyAsync(gateway, 1))[0].Booted;

        using (var process = Process.GetProcessById(int.Parse(waiting.Runner.Id, CultureInfo.InvariantCulture)))
            process.Kill();
        await waiting.Runner.Exited.WaitAsync(Patience);

        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        Assert.NotEqual(waiting.Id, gateway.Sessions.Find(session)!.Runner!.Id);
        await Eventually.HoldsAsync(() => ShelfOf(gateway)!.Ready.Any(warm => warm.Booted.Id != waiting.Id), "another one waits", Patience);
    }

    [Fact]
    public async Task Runner_whose_link_broke_is_stopped_and_replaced_though_nothing_tells_of_its_end()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(warm: 1)), FaultyLauncher.Add);
        var waiting = (await ReadyAsync(gateway, 1))[0].Booted;

        using (var process = Process.GetProcessById(int.Parse(waiting.Runner.Id, CultureInfo.InvariantCulture)))
            process.Kill();

        await Eventually.HoldsAsync(() => ShelfOf(gateway)!.Ready is [var next] && next.Booted.Id != waiting.Id, "another one waits", Patience);
        Assert.False(waiting.Runner.Exited.IsCompleted);
        Assert.False(gateway.Services.GetRequiredService<LiveRunners>().Owns(waiting.Id));
    }

    [Fact]
    public async Task Claimed_runner_s_link_carries_on_where_the_wait_for_its_break_ends()
    {
        await using var gateway = await WarmAsync(1);
        var waiting = (await ReadyAsync(gateway, 1))[0].Booted;
        Assert.Null(waiting.Fault);
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);

        await script.TypeAsync(session, "echo $((6*7))\r");

        await follower.ShowsAsync("42");
        await script.TypeAsync(session, "exit 3\r");
        Assert.Equal((SessionEndReason.ReplExited, 3), ((await follower.EndsAsync()).Reason, (await follower.EndsAsync()).ExitCode));
    }

    [Fact]
    public async Task All_targets_together_have_a_bound()
    {
        await using var gateway = await TestGateway.StartAsync(
            policies => policies.Write("shell", PolicyFolder.Shell(warm: 3)),
            services => services.Configure<ConsoleOptions>(options => options.WarmRunners = 1));

        await ReadyAsync(gateway, 1);

        Assert.Equal((1, 0), ShelfOf(gateway)!.Counts);
    }

    [Fact]
    public async Task Stopping_the_gateway_leaves_none()
    {
        var gateway = await WarmAsync(2);
        var both = await ReadyAsync(gateway, 2);

        var clock = Stopwatch.StartNew();
        await gateway.CloseAsync();

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), $"stopping took {clock.Elapsed}");
        Assert.All(both, warm => Assert.True(warm.Booted.Runner.Exited.IsCompleted));
        await gateway.DisposeAsync();
    }

    [Fact]
    public async Task Boot_that_fails_is_told_and_tried_again_later()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(warm: 1, launcher: "docker\n  image: a-shell")));

        await Eventually.HoldsAsync(() => ShelfOf(gateway)?.Problem is not null, "a problem", Patience);

        Assert.StartsWith("This gateway has no launcher named docker", ShelfOf(gateway)!.Problem, StringComparison.Ordinal);
        Assert.Equal((0, 0), ShelfOf(gateway)!.Counts);
    }

    [Fact]
    public async Task Runner_that_its_engine_does_not_let_go_of_holds_up_no_other_target()
    {
        await using var gateway = await TestGateway.StartAsync(
            policies =>
            {
                policies.Write("shell", PolicyFolder.Shell(warm: 1));
                policies.Write("stuck", PolicyFolder.Shell(warm: 1));
            },
            HeldLauncher.Add);
        await ReadyAsync(gateway, 1);
        await ReadyAsync(gateway, 1, "stuck");
        var (stopping, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        HeldLauncher.Of(gateway).Stopping = shape =>
        {
            if (shape.Target != "stuck" || release.Task.IsCompleted)
                return Task.CompletedTask;
            stopping.TrySetResult();
            return release.Task;
        };

        gateway.Policies.Write("stuck", PolicyFolder.Shell(warm: 1).Replace("memory: 512MiB", "memory: 256MiB", StringComparison.Ordinal));
        await gateway.ReloadPoliciesAsync();
        await stopping.Task.WaitAsync(Patience);
        gateway.Policies.Write("shell", PolicyFolder.Shell(warm: 2));
        await gateway.ReloadPoliciesAsync();

        await ReadyAsync(gateway, 2);
        Assert.Equal(256 << 20, (await ReadyAsync(gateway, 1, "stuck"))[0].Booted.Shape.Limits.Memory);
        release.SetResult();
    }

    private static Task<TestGateway> WarmAsync(int warm) => TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(warm: warm)));

    private static WarmShelf? ShelfOf(TestGateway gateway, string target = "shell") =>
        gateway.Services.GetRequiredService<WarmPool>().Shelves.FirstOrDefault(shelf => shelf.Target == target);

    private static async Task<IReadOnlyList<WarmRunner>> ReadyAsync(TestGateway gateway, int count, string target = "shell")
    {
        await Eventually.HoldsAsync(() => Task.FromResult(ShelfOf(gateway, target) is { } shelf && shelf.Counts == (count, 0)), $"{count} warm runners", Patience);
        return ShelfOf(gateway, target)!.Ready;
    }
}
