using Microsoft.Extensions.DependencyInjection;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;
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
    public async Task Image_that_is_being_pulled_keeps_no_other_launch_waiting()
    {
        await using var gateway = await TestGateway.StartAsync(
            policies => policies.Write("pulled", PolicyFolder.Shell()),
            services =>
            {
                HeldLauncher.Add(services);
                services.Configure<ConsoleOptions>(options => options.ConcurrentLaunches = 1);
            });
        var (pulling, release) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        HeldLauncher.Of(gateway).Preparing = async (shape, _) =>
        {
            if (shape.Target != "pulled")
                return;
            pulling.TrySetResult();
            await release.Task;
        };
        await using var script = await Script.DeveloperAsync(gateway);
        await using var first = await script.FollowAsync(await script.OpenAsync("pulled"));
        await pulling.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await using var second = await script.FollowAsync(await script.OpenAsync());

        await second.ShowsAsync("$ ");
        Assert.DoesNotContain(first.Events, seen => seen is RunnerStageReached { Stage: "queued" });
        release.SetResult();
        await first.ShowsAsync("$ ");
    }
}
