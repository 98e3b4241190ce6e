using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Runners;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

/// <summary>What a runner uses, what becomes of one that uses too much, and its log.</summary>
public sealed class UsageTests
{
    private const string Spin = "while :; do :; done\r";

    [Fact]
    public async Task Processors_and_memory_are_on_record_by_the_second()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");

        await script.TypeAsync(session, "timeout 3 bash -c 'x=$(head -c 60000000 /dev/zero | tr \"\\0\" a); while :; do :; done'\r");

        var busy = await follower.SeesAsync<RunnerMeasured>(measured => measured.Processors > 0.3 && measured.Memory > 50 << 20);
        Assert.InRange(busy.Processors, 0.3, 2.5);
        await follower.SeesAsync<RunnerMeasured>(measured => measured.Processors < 0.05 && measured.Memory < 50 << 20);
    }

    [Fact]
    public async Task Runaway_that_nobody_is_attached_to_is_ended_with_that_reason()
    {
        await using var gateway = await RunawayGatewayAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using (var follower = await script.FollowAsync(session))
        {
            await follower.ShowsAsync("$ ");
            await script.TypeAsync(session, Spin);
        }

        await gateway.Sessions.Find(session)!.Closed.WaitAsync(TimeSpan.FromSeconds(60));

        await using var later = await script.FollowAsync(session);
        var ended = await later.EndsAsync();
        Assert.Equal(SessionEndReason.Runaway, ended.Reason);
        Assert.Matches("^Ended because the runner kept [0-9.]+ processors busy for 5 seconds while nobody was attached; the policy of shell allows 0.2. Open a new session to go on.$", ended.Sentence);
    }

    [Fact]
    public async Task Busy_runner_that_somebody_follows_is_left_alone()
    {
        await using var gateway = await RunawayGatewayAsync();
        await using var script = await Script.DeveloperAsync(gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");

        await script.TypeAsync(session, Spin);
        var first = await follower.SeesAsync<RunnerMeasured>(measured => measured.Processors > 0.2);
        // Longer than the window, by the record's own clock.
        await Eventually.HoldsAsync(
            () => Task.FromResult(follower.Events.OfType<RunnerMeasured>().SkipWhile(measured => measured != first).Count() > 7), "seven measurements", TimeSpan.FromSeconds(60));

        Assert.Null(gateway.Sessions.Find(session)!.Ending.Now);
    }

    [Fact]
    public async Task Operations_tell_what_runs_to_SREs_alone()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var developer = await Script.DeveloperAsync(gateway);
        await using var sre = await Script.SreAsync(gateway);
        var session = await developer.OpenAsync();
        await using var follower = await developer.FollowAsync(session);
        await follower.SeesAsync<RunnerMeasured>();

        var answer = await sre.Http.GetFromJsonAsync<JsonElement>("/api/operations");

        var shown = answer.GetProperty("sessions").EnumerateArray().Single();
        Assert.Equal((session, "shell", "sandbox", true),
            (shown.GetProperty("id").GetString(), shown.GetProperty("target").GetString(), shown.GetProperty("launcher").GetString(), shown.GetProperty("followed").GetBoolean()));
        Assert.Equal(gateway.Sessions.Find(session)!.Runner!.Runner.Id, shown.GetProperty("runner").GetString());
        Assert.True(shown.GetProperty("memory").GetInt64() > 0);
        using var refused = await developer.Http.GetAsync("/api/operations");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task SREs_who_look_later_see_what_a_runner_used_before()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var developer = await Script.DeveloperAsync(gateway);
        await using var sre = await Script.SreAsync(gateway);
        var session = await developer.OpenAsync();
        var usage = $"/api/operations/sessions/{session}/usage";
        await Eventually.HoldsAsync(async () => (await sre.Http.GetFromJsonAsync<JsonElement[]>(usage))!.Length >= 3, "three measurements", TimeSpan.FromSeconds(30));

        var all = (await sre.Http.GetFromJsonAsync<JsonElement[]>(usage))!;
        var later = (await sre.Http.GetFromJsonAsync<JsonElement[]>($"{usage}?after={Uri.EscapeDataString(all[1].GetProperty("at").GetString()!)}"))!;

        Assert.All(all, measured => Assert.True(measured.GetProperty("memory").GetInt64() > 0 && measured.GetProperty("processors").GetDouble() >= 0));
        Assert.Equal(all.OrderBy(measured => measured.GetProperty("at").GetDateTimeOffset()), all);
        Assert.Equal(all[2].GetProperty("at").GetString(), later[0].GetProperty("at").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await developer.Http.GetAsync(usage)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await sre.Http.GetAsync("/api/operations/sessions/none/usage")).StatusCode);
    }

    [Fact]
    public async Task SREs_follow_a_runners_log_live_and_others_do_not()
    {
        await using var gateway = await TestGateway.StartAsync();
        await using var developer = await Script.DeveloperAsync(gateway);
        await using var sre = await Script.SreAsync(gateway);
        var session = await developer.OpenAsync();
        await using var follower = await developer.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        var lines = new List<RunnerLogLine>();
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var hub = await sre.HubAsync();
        var following = Task.Run(async () =>
        {
            await foreach (var batch in hub.StreamAsync<IReadOnlyList<RunnerLogLine>>("FollowRunnerLog", session))
            {
                lines.AddRange(batch);
                if (lines.Exists(line => line.Text.Contains("agent: started bash ", StringComparison.Ordinal)))
                    started.TrySetResult();
            }
        });
        await started.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await developer.TypeAsync(session, "echo typed; exit 3\r");
        await follower.EndsAsync();

        await following.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains(lines, line => line is { Source: "agent", Text: "agent: the REPL exited with code 3" });
        Assert.DoesNotContain(lines, line => line.Text.Contains("typed", StringComparison.Ordinal));
        await Assert.ThrowsAsync<HubException>(async () => await (await developer.HubAsync()).StreamAsync<IReadOnlyList<RunnerLogLine>>("FollowRunnerLog", session).FirstAsync());
    }

    private static Task<TestGateway> RunawayGatewayAsync() =>
        TestGateway.StartAsync(policies => policies.Write("shell", PolicyFolder.Shell(runawayProcessors: "0.2", runawayAfter: "5s")));
}
