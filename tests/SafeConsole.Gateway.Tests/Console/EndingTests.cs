using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafeConsole.Gateway.Operations;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class EndingTests
{
    [Fact]
    public async Task The_owner_ends_it_over_the_hub()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        await (await script.HubAsync()).InvokeAsync("End", session);
        var ended = await follower.EndsAsync();
        Assert.Equal((SessionEndReason.EndedByOwner, "Ended by demo-script."), (ended.Reason, ended.Sentence));
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task An_SRE_ends_it_and_a_reviewer_cannot()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        await using var reviewer = await Script.ReviewerAsync(gateway);
        await using var sre = await Script.SreAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        using (var refused = await reviewer.Http.DeleteAsync($"/api/sessions/{session}"))
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (var done = await sre.Http.DeleteAsync($"/api/sessions/{session}"))
            Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(SessionEndReason.EndedByOperator, (await follower.EndsAsync()).Reason);
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task Idle_time_ends_it_and_the_sentence_names_the_limit()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(idle: "2s")));
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.IdleLimit, ended.Reason);
        Assert.Contains("2 seconds without input", ended.Sentence, StringComparison.Ordinal);
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task The_session_length_ends_it_and_the_sentence_names_the_limit()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(sessionLength: "5s", idle: "5s")));
        await using var script = await Script.DeveloperAsync(gateway);
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.SessionLimit, ended.Reason);
        Assert.Contains("after 5 seconds, the session length", ended.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_put_back_prolongs_no_session_and_one_that_is_put_forward_ends_none()
    {
        var clock = new JumpingClock();
        await using var gateway = await TestGateway.StartAsync(
            policies => policies.Write("shell", PolicyFolder.Shell(sessionLength: "15s", idle: "15s")), services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)));
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);

        clock.Off = TimeSpan.FromDays(1);
        await Eventually.HoldsAsync(() => gateway.Sessions.Find(session)?.EndsAt > clock.GetUtcNow() - TimeSpan.FromSeconds(15), "the end is told by the new hour");
        Assert.False(gateway.Sessions.Find(session)!.Ending.Ended.IsCompleted);
        clock.Off = -TimeSpan.FromDays(1);

        Assert.Equal(SessionEndReason.SessionLimit, (await follower.EndsAsync()).Reason);
    }

    [Fact]
    public async Task A_killed_runner_ends_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        using var runner = Process.GetProcessById(int.Parse(gateway.Sessions.Find(session)!.Runner!.Runner.Id, System.Globalization.CultureInfo.InvariantCulture));
        runner.Kill();
        Assert.Equal(SessionEndReason.RunnerLost, (await follower.EndsAsync()).Reason);
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task A_launcher_that_does_not_exist_ends_it_at_once()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(launcher: "docker\n  image: a-shell")));
        await using var script = await Script.DeveloperAsync(gateway);
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.LaunchFailed, ended.Reason);
        Assert.Contains("docker", ended.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_REPL_that_is_not_installed_ends_it_with_its_name()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(command: "[no-such-repl]")));
        await using var script = await Script.DeveloperAsync(gateway);
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.LaunchFailed, ended.Reason);
        Assert.Contains("no-such-repl", ended.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_that_is_not_proven_ends_it_before_the_REPL_starts()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Databases.ProofFailure = "The database is not proven to be a safe replica: standby failed.";
        await using var script = await Script.DeveloperAsync(gateway);
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        var ended = await follower.EndsAsync();
        Assert.Equal((SessionEndReason.ProofFailed, gateway.Databases.ProofFailure), (ended.Reason, ended.Sentence));
        Assert.DoesNotContain(follower.Events, seen => seen is TerminalOutput);
        Assert.DoesNotContain(follower.Events, seen => seen is RunnerStageReached { Stage: "ready" });
    }

    [Fact]
    public async Task A_replica_that_is_promoted_ends_it()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        gateway.Databases.Of(session).Trip("The replica was promoted to a primary.");
        var ended = await follower.EndsAsync();
        Assert.Equal((SessionEndReason.ReplicaUnsafe, "The replica was promoted to a primary."), (ended.Reason, ended.Sentence));
        await GoneAsync(gateway, session);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("narrowed")]
    [InlineData("without the option")]
    public async Task A_policy_that_is_withdrawn_ends_it(string how)
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        if (how == "removed")
            gateway.Policies.Delete("shell");
        else
            gateway.Policies.Write("shell", how == "narrowed" ? PolicyFolder.Shell(group: "others") : PolicyFolder.Shell(option: "sh"));
        await gateway.ReloadPoliciesAsync();
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.PolicyWithdrawn, ended.Reason);
        Assert.Contains("the policy of shell", ended.Sentence, StringComparison.Ordinal);
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task A_policy_change_that_still_admits_leaves_it_running()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        gateway.Policies.Write("shell", PolicyFolder.Shell(idle: "14m"));
        await gateway.ReloadPoliciesAsync();
        await script.TypeAsync(session, "echo st''ill\r");
        await follower.ShowsAsync("still");
    }

    [Fact]
    public async Task Stopping_the_gateway_ends_it_and_its_viewers_see_why()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        var stopping = gateway.StopAsync();
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.GatewayShutdown, ended.Reason);
        await stopping;
        await GoneAsync(gateway, session);
    }

    [Fact]
    public async Task A_transcript_that_fails_ends_it_and_its_viewers_see_why()
    {
        await using var gateway = await TestGateway.StartAsync(configure: FailingTranscripts.Add);
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        FailingTranscripts.Of(gateway).FailNow = true;
        await Assert.ThrowsAsync<Microsoft.AspNetCore.SignalR.HubException>(() => script.TypeAsync(session, "x"));
        await follower.Over;
        Assert.Contains("\"reason\":\"TranscriptFailed\"", follower.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("\"unrecorded\":true", follower.Lines[^1], StringComparison.Ordinal);
        await GoneAsync(gateway, session);
        await using var later = await script.FollowAsync(session);
        await later.Over;
        Assert.Contains("\"reason\":\"TranscriptFailed\"", later.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_end_that_cannot_be_recorded_is_told_to_its_viewers()
    {
        await using var gateway = await TestGateway.StartAsync(configure: FailingTranscripts.Add);
        await using var script = await Script.DeveloperAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        FailingTranscripts.Of(gateway).FailSeal = true;
        await (await script.HubAsync()).InvokeAsync("End", session);
        await using var later = await script.FollowAsync(session);
        foreach (var seen in new[] { follower, later })
        {
            await seen.Over;
            Assert.Contains("\"reason\":\"EndedByOwner\"", seen.Lines[^1], StringComparison.Ordinal);
            Assert.Contains("\"unrecorded\":true", seen.Lines[^1], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_error_inside_the_gateway_ends_it_and_its_viewers_see_that()
    {
        await using var gateway = await TestGateway.StartAsync();
        gateway.Databases.Failure = new InvalidOperationException("Nobody has thought of this.");
        await using var script = await Script.DeveloperAsync(gateway);
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        await follower.Over;
        Assert.Contains("\"sentence\":\"Ended by an error inside the gateway.", follower.Lines[^1], StringComparison.Ordinal);
        Assert.Contains("\"unrecorded\":true", follower.Lines[^1], StringComparison.Ordinal);
        await Eventually.HoldsAsync(() => gateway.Sessions.All.Count == 0, "the session is gone");
    }

    [Fact]
    public async Task A_transcript_that_reaches_its_limit_ends_it_sealed()
    {
        await using var gateway = await TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(transcript: "64KiB")));
        await using var script = await Script.DeveloperAsync(gateway);
        await using var reviewer = await Script.ReviewerAsync(gateway);
        var (session, follower) = await ShellAsync(gateway, script);
        await script.TypeAsync(session, "yes\r");
        var ended = await follower.EndsAsync();
        Assert.Equal(SessionEndReason.TranscriptLimit, ended.Reason);
        Assert.Contains("64 KiB", ended.Sentence, StringComparison.Ordinal);
        await GoneAsync(gateway, session);
        var stored = await reviewer.Http.GetByteArrayAsync($"/api/review/sessions/{session}/transcript");
        Assert.InRange(stored.Length, 64 * 1024, 6 * 1024 * 1024);
    }

    [Fact]
    public async Task No_session_is_opened_while_the_disk_of_the_transcripts_is_almost_full()
    {
        await using var gateway = await TestGateway.StartAsync(configure: services => services.AddSingleton(provider => new RecordProbe(
            new ConfigurationBuilder().AddConfiguration(provider.GetRequiredService<IConfiguration>())
                .AddInMemoryCollection([new("Transcripts:ReserveMebibytes", "1000000000")]).Build(), TimeProvider.System)));
        await using var script = await Script.DeveloperAsync(gateway);
        using var answer = await script.Http.PostAsJsonAsync("/api/sessions", new { target = "shell", reason = "T-1 x" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("almost full", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_withdrawn_during_the_opening_ends_it()
    {
        await using var gateway = await TestGateway.StartAsync(configure: FailingTranscripts.Add);
        await using var script = await Script.DeveloperAsync(gateway);
        FailingTranscripts.Of(gateway).BeforeCreate = () =>
        {
            gateway.Policies.Delete("shell");
            return gateway.ReloadPoliciesAsync();
        };
        await using var follower = await script.FollowAsync(await script.OpenAsync());
        Assert.Equal(SessionEndReason.PolicyWithdrawn, (await follower.EndsAsync()).Reason);
    }

    [Fact]
    public async Task A_runner_whose_watch_fails_ends_it()
    {
        await using var gateway = await TestGateway.StartAsync(configure: FaultyLauncher.Add);
        await using var script = await Script.DeveloperAsync(gateway);
        var (_, follower) = await ShellAsync(gateway, script);
        FaultyLauncher.Of(gateway).Fault(new IOException("The record cannot be deleted."));
        Assert.Equal(SessionEndReason.RunnerLost, (await follower.EndsAsync()).Reason);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_that_cannot_be_recorded_is_not_opened(bool created)
    {
        await using var gateway = await TestGateway.StartAsync(configure: FailingTranscripts.Add);
        var transcripts = FailingTranscripts.Of(gateway);
        (transcripts.FailNow, transcripts.FailAppends) = (!created, created);
        await using var script = await Script.DeveloperAsync(gateway);
        await Assert.ThrowsAnyAsync<Exception>(() => script.OpenAsync());
        Assert.Empty(gateway.Sessions.All);
        Assert.Equal(0, transcripts.Open);
    }

    private static async Task<(string Session, Follower Follower)> ShellAsync(TestGateway gateway, Script script)
    {
        var session = await script.OpenAsync();
        var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        return (session, follower);
    }

    // Gone from the registry means: runner stopped, transcript closed. The sandbox's processes name the session nowhere else.
    private static async Task GoneAsync(TestGateway gateway, string session)
    {
        await Eventually.HoldsAsync(() => gateway.Sessions.Find(session) is null, "the session is gone");
        Assert.Empty(Directory.Exists(gateway.Folder.At("run", "runners")) ? Directory.GetFiles(gateway.Folder.At("run", "runners"), $"*{session}*") : []);
    }
}
