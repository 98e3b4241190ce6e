using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Runners;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

/// <summary>Launches that take long, or that are in vain.</summary>
public sealed class LaunchTests
{
    [Fact]
    public async Task Proof_that_fails_is_told_at_once_and_ends_a_boot_that_would_take_for_ever()
    {
        await using var gateway = await TestGateway.StartAsync(configure: HeldLauncher.Add);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HeldLauncher.Of(gateway).Launching = async (_, cancellationToken) =>
        {
            cancellationToken.Register(stopped.SetResult);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        };
        gateway.Databases.ProofFailure = "The database is not proven to be a safe replica: standby failed.";
        await using var script = await Script.DeveloperAsync(gateway);

        await using var follower = await script.FollowAsync(await script.OpenAsync());

        var ended = await follower.EndsAsync();
        Assert.Equal((SessionEndReason.ProofFailed, gateway.Databases.ProofFailure), (ended.Reason, ended.Sentence));
        Assert.Contains(follower.Events, seen => seen is RunnerStageReached { Stage: "proving" } stage && stage.Detail == gateway.Databases.ProofFailure);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Proof_that_fails_is_on_record_before_a_boot_that_cannot_be_hurried_is_cleaned_up()
    {
        await using var gateway = await TestGateway.StartAsync(configure: HeldLauncher.Add);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        HeldLauncher.Of(gateway).Launching = (_, _) => release.Task;
        gateway.Databases.ProofFailure = "The database is not proven to be a safe replica: standby failed.";
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);

        await follower.SeesAsync<RunnerStageReached>(stage => stage.Stage == "proving");
        Assert.Equal(SessionEndReason.ProofFailed, (await gateway.Sessions.Find(session)!.Ending.Ended.WaitAsync(TimeSpan.FromSeconds(10))).Reason);

        release.SetResult();
        Assert.Equal(SessionEndReason.ProofFailed, (await follower.EndsAsync()).Reason);
    }

    [Fact]
    public async Task Image_that_is_being_pulled_keeps_no_other_launch_waiting_and_its_session_shows_how_far_it_is()
    {
        await using var gateway = await OneAtATimeAsync();
        var release = Signal();
        HeldLauncher.Of(gateway).Absent = ("pulled", async (progress, _) =>
        {
            progress.UnderWay(LaunchStage.Pulling, "Pulling app:1: 3 of 8 layers are there, 212.0 MB loaded.");
            await release.Task;
            await progress.ReachedAsync(LaunchStage.Pulling, "app:1");
        });
        await using var script = await Script.DeveloperAsync(gateway);
        await using var first = await script.FollowAsync(await script.OpenAsync("pulled"));
        await first.SeesAsync<SessionNoticed>(notice => notice == new SessionNoticed("pulling", "Pulling app:1: 3 of 8 layers are there, 212.0 MB loaded."));

        await using var second = await script.FollowAsync(await script.OpenAsync());

        await second.ShowsAsync("$ ");
        Assert.Equal(["queued"], StagesOf(first));
        release.SetResult();
        await first.ShowsAsync("$ ");
        Assert.Equal(["queued", "pulling", "starting", "linking", "proving", "ready"], StagesOf(first));
    }

    [Fact]
    public async Task Who_has_pulled_an_image_waits_until_others_have_launched()
    {
        await using var gateway = await OneAtATimeAsync();
        var (pulled, launching, release) = (Signal(), Signal(), Signal());
        var held = HeldLauncher.Of(gateway);
        held.Absent = ("pulled", async (progress, _) =>
        {
            await pulled.Task;
            await progress.ReachedAsync(LaunchStage.Pulling, "app:1");
        });
        var launched = new ConcurrentQueue<string>();
        held.Launching = (shape, _) =>
        {
            launched.Enqueue(shape.Target);
            launching.TrySetResult();
            return release.Task;
        };
        await using var script = await Script.DeveloperAsync(gateway);
        await using var first = await script.FollowAsync(await script.OpenAsync("pulled"));
        await first.SeesAsync<RunnerStageReached>();
        await using var second = await script.FollowAsync(await script.OpenAsync());
        await launching.Task.WaitAsync(TimeSpan.FromSeconds(30));

        pulled.SetResult();

        await first.SeesAsync<RunnerStageReached>(stage => stage.Stage == "pulling");
        Assert.Equal(["shell"], launched);
        release.SetResult();
        await first.ShowsAsync("$ ");
        Assert.Equal(["queued", "pulling", "queued", "starting", "linking", "proving", "ready"], StagesOf(first));
    }

    [Fact]
    public async Task Pull_that_fails_is_the_session_s_end_and_gives_no_place_back_that_it_has_not()
    {
        await using var gateway = await OneAtATimeAsync();
        HeldLauncher.Of(gateway).Absent = ("pulled", (_, _) => throw new RunnerLaunchException("image app:1 not found."));
        await using var script = await Script.DeveloperAsync(gateway);

        await using var follower = await script.FollowAsync(await script.OpenAsync("pulled"));

        Assert.Equal("image app:1 not found.", (await follower.EndsAsync()).Sentence);
        Assert.Equal(["queued"], StagesOf(follower));
        var (launching, release, both) = (Signal(), Signal(), Signal());
        var count = 0;
        HeldLauncher.Of(gateway).Launching = (_, _) =>
        {
            (Interlocked.Increment(ref count) == 1 ? launching : both).TrySetResult();
            return release.Task;
        };
        await using var one = await script.FollowAsync(await script.OpenAsync());
        await launching.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await using var other = await script.FollowAsync(await script.OpenAsync());
        await other.SeesAsync<SessionOpened>();
        Assert.False(both.Task.IsCompleted);
        release.SetResult();
        await other.ShowsAsync("$ ");
    }

    private static Task<TestGateway> OneAtATimeAsync() => TestGateway.StartAsync(
        policies => policies.Write("pulled", PolicyFolder.Shell()),
        services =>
        {
            HeldLauncher.Add(services);
            services.Configure<ConsoleOptions>(options => options.ConcurrentLaunches = 1);
        });

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static IEnumerable<string> StagesOf(Follower follower) => follower.Events.OfType<RunnerStageReached>().Select(stage => stage.Stage);
}
