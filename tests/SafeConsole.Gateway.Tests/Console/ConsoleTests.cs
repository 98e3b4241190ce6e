using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Tests.Console;

public sealed class ConsoleTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>, IAsyncLifetime
{
    private TestGateway Gateway => fixture.Gateway;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var session in Gateway.Sessions.All)
        {
            session.Ending.TryEnd(SessionEndReason.EndedByOwner, "The test is over.");
            await session.Closed;
        }
    }

    [Fact]
    public async Task A_script_opens_types_reads_and_exits()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        Assert.Equal(["queued", "starting", "linking", "proving", "ready"], follower.Events.OfType<RunnerStageReached>().Select(stage => stage.Stage));
        await script.TypeAsync(session, "echo $((40+2)) $PGDATABASE; exit 3\r");
        var ended = await follower.EndsAsync();
        Assert.Contains("42 recipes", follower.Screen, StringComparison.Ordinal);
        Assert.Equal((SessionEndReason.ReplExited, 3), (ended.Reason, ended.ExitCode));
        var answer = await script.Http.GetFromJsonAsync<JsonElement>($"/api/sessions/{session}");
        Assert.Equal("ended", answer.GetProperty("state").GetString());
        Assert.Equal("ReplExited", answer.GetProperty("endReason").GetString());
    }

    [Fact]
    public async Task Input_stands_in_the_transcript_before_its_echo()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await script.TypeAsync(session, "echo marked\r");
        await follower.ShowsAsync("marked\r\n");
        // The echo may come in pieces; its first letter is no earlier than the prompt, which was awaited.
        var kinds = follower.Events.Select(seen => seen switch
        {
            TerminalInput input => "in:" + Encoding.UTF8.GetString(input.Data!.ToArray()),
            TerminalOutput output => "out:" + Encoding.UTF8.GetString(output.Data.ToArray()),
            _ => "",
        }).Where(kind => kind.Length > 0).ToList();
        var typed = kinds.IndexOf("in:echo marked\r");
        Assert.True(typed > 0);
        Assert.DoesNotContain('m', string.Concat(kinds.Take(typed).Select(kind => kind[4..])));
        Assert.Contains("marked\r\n", string.Concat(kinds.Skip(typed + 1).Select(kind => kind[4..])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_is_typed_without_echo_is_counted_and_not_kept()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await script.TypeAsync(session, "read -s -p 'Pass''word: ' x; echo got ${#x}\r");
        await follower.ShowsAsync("Password: ");
        await script.TypeAsync(session, "hunter2\r");
        await follower.ShowsAsync("got 7");
        Assert.DoesNotContain(follower.Lines, line => line.Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(8, (await follower.SeesAsync<TerminalInput>(input => input.Hidden is not null)).Hidden);
    }

    [Fact]
    public async Task Commands_for_a_shell_without_echo_are_recorded()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await script.TypeAsync(session, "stty -echo; echo rea''dy; while read -r l; do eval \"$l\"; done\r");
        await follower.ShowsAsync("ready");
        await script.TypeAsync(session, "echo fi''rst\r");
        await follower.ShowsAsync("first");
        await script.TypeAsync(session, "echo sec''ond\r");
        await follower.ShowsAsync("second");
        await script.TypeAsync(session, "echo th''ird\r");
        await script.TypeAsync(session, "echo fou''rth\r");
        await follower.ShowsAsync("fourth");
        Assert.Contains(follower.Lines, line => line.Contains("fou''rth", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Commands_for_a_shell_that_shows_again_after_each_line_are_recorded_and_their_author_is_told_before()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        // Each state is shown by output that comes behind it, so that nothing is typed before the gateway knows of it.
        await script.TypeAsync(session, "i=0; while i=$((i+1)); do stty -echo; printf 'tell''-%s ' $i; read -r l; eval \"$l\"; stty echo; printf 'seen''-%s ' $i; read -r l; done\r");
        for (var line = 1; line <= 11; line++)
        {
            await follower.ShowsAsync($"tell-{line} ");
            Assert.Equal(line == 11 ? 1 : 0, follower.Events.OfType<SessionNoticed>().Count(notice => notice.Code == "hidden-input-recorded"));
            await script.TypeAsync(session, $": secret-{line}\r");
            await follower.ShowsAsync($"seen-{line} ");
            await script.TypeAsync(session, "\r");
        }

        Assert.Equal(["secret-11"], follower.Lines.SelectMany(line => System.Text.RegularExpressions.Regex.Matches(line, "secret-[0-9]+")).Select(match => match.Value));
        Assert.Single(follower.Events.OfType<SessionNoticed>());
    }

    [Fact]
    public async Task Signing_out_closes_the_hub()
    {
        using var dana = new Browser(Gateway);
        await dana.SignInAsync("dana");
        await using var hub = new HubConnectionBuilder().WithUrl($"{Gateway.Origin}/hub/console", options =>
        {
            options.Headers["Cookie"] = dana.CookieHeader;
            options.Headers["Origin"] = Gateway.Origin;
        }).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-out");
        request.Headers.Add("X-CSRF-TOKEN", await dana.AntiforgeryAsync());
        request.Headers.Add("Origin", Gateway.Origin);
        using var answer = await dana.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_download_of_a_living_session_is_on_record()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        await using var reviewer = await Script.ReviewerAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await reviewer.Http.GetByteArrayAsync($"/api/review/sessions/{session}/transcript");
        Assert.Equal("demo-script-reviewer", (await follower.SeesAsync<ViewerJoined>()).Viewer.Subject);
        await follower.SeesAsync<ViewerLeft>();
    }

    [Fact]
    public async Task A_resize_reaches_the_terminal_and_the_record()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await (await script.HubAsync()).InvokeAsync("Resize", session, 101, 37);
        await script.TypeAsync(session, "stty size\r");
        await follower.ShowsAsync("37 101");
        Assert.Equal(101, (await follower.SeesAsync<TerminalResized>()).Columns);
        await Assert.ThrowsAsync<HubException>(async () => await (await script.HubAsync()).InvokeAsync("Resize", session, 0, 37));
    }

    [Fact]
    public async Task Following_resumes_from_any_event_without_loss_or_repetition()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var first = await script.FollowAsync(session);
        await first.ShowsAsync("$ ");
        await script.TypeAsync(session, "seq 1 500; echo do''ne\r");
        await first.ShowsAsync("done");
        var half = first.Lines.Count / 2;
        await using var second = await script.FollowAsync(session, half + 1);
        await script.TypeAsync(session, "exit\r");
        await first.EndsAsync();
        await second.EndsAsync();
        Assert.Equal(first.Lines.Skip(half), second.Lines);
    }

    [Fact]
    public async Task An_ended_session_is_followed_from_its_beginning_to_its_end()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        using (var deleted = await script.Http.DeleteAsync($"/api/sessions/{session}"))
            Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        await using var follower = await script.FollowAsync(session);
        Assert.Equal(SessionEndReason.EndedByOwner, (await follower.EndsAsync()).Reason);
        Assert.IsType<SessionOpened>(follower.Events[0]);
    }

    [Fact]
    public async Task Only_the_owner_types_resizes_and_ends()
    {
        await using var owner = await Script.DeveloperAsync(Gateway);
        var session = await owner.OpenAsync();
        await using var follower = await owner.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        using var dana = new Browser(Gateway);
        await dana.SignInAsync("dana");
        await using var hub = new HubConnectionBuilder().WithUrl($"{Gateway.Origin}/hub/console", options =>
        {
            options.Headers["Cookie"] = dana.CookieHeader;
            options.Headers["Origin"] = Gateway.Origin;
        }).Build();
        await hub.StartAsync();
        foreach (var call in new Func<Task>[]
        {
            () => hub.InvokeAsync("Input", session, "x"u8.ToArray()),
            () => hub.InvokeAsync("Resize", session, 90, 30),
            () => hub.InvokeAsync("End", session),
            async () => await hub.StreamAsync<FollowBatch>("Follow", session, 1L).FirstAsync(),
        })
            Assert.Contains("not yours", (await Assert.ThrowsAsync<HubException>(call)).Message, StringComparison.Ordinal);
        using var get = await dana.Http.GetAsync($"/api/sessions/{session}");
        Assert.Equal(HttpStatusCode.NotFound, get.StatusCode);
        Assert.NotNull(Gateway.Sessions.Find(session));
    }

    [Fact]
    public async Task A_reviewer_who_watches_is_on_record_and_cannot_type()
    {
        await using var owner = await Script.DeveloperAsync(Gateway);
        await using var reviewer = await Script.ReviewerAsync(Gateway);
        var session = await owner.OpenAsync();
        await using var own = await owner.FollowAsync(session);
        await own.ShowsAsync("$ ");
        await using (var watching = await reviewer.FollowAsync(session))
        {
            await watching.ShowsAsync("$ ");
            Assert.Equal("demo-script-reviewer", (await own.SeesAsync<ViewerJoined>()).Viewer.Subject);
            await Assert.ThrowsAsync<HubException>(() => reviewer.TypeAsync(session, "x"));
        }

        await own.SeesAsync<ViewerLeft>();
    }

    [Fact]
    public async Task A_follower_that_does_not_acknowledge_gets_no_more_than_its_window()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        await using var reviewer = await Script.ReviewerAsync(Gateway);
        var session = await script.OpenAsync();
        await using var own = await script.FollowAsync(session);
        await own.ShowsAsync("$ ");
        await script.TypeAsync(session, "head -c 1500000 /dev/zero | tr '\\0' 'x'; echo; echo do''ne\r");
        await own.ShowsAsync("done");

        await using var idle = await reviewer.FollowAsync(session, acknowledge: false);
        await Eventually.HoldsAsync(() => idle.Bytes >= FollowWindow.Most, "the window is used");
        var full = idle.Bytes;
        Assert.InRange(full, FollowWindow.Most, FollowWindow.Most + (2 * TranscriptFollower.BatchSize) + 1024);
        await (await reviewer.HubAsync()).InvokeAsync("Acknowledge", session, idle.Next - 1);
        await Eventually.HoldsAsync(() => idle.Bytes > full, "an acknowledgement opens the window");
    }

    [Fact]
    public async Task Output_stops_at_the_REPL_while_its_owner_does_not_look_and_goes_on_afterwards()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using (var own = await script.FollowAsync(session))
        {
            await own.ShowsAsync("$ ");
            await script.TypeAsync(session, "head -c 5000000 /dev/zero | tr '\\0' 'x'; echo; echo do''ne\r");
        }

        var transcript = Gateway.Databases.Of(session).Transcript;
        long before = -1;
        await Eventually.HoldsAsync(
            () =>
            {
                var rest = transcript.DurableCount == before && before > 10;
                before = transcript.DurableCount;
                return rest;
            },
            "the output comes to rest");
        await using var back = await script.FollowAsync(session);
        await back.ShowsAsync("done");
    }

    [Fact]
    public async Task Input_that_nobody_reads_is_refused_in_words_and_Ctrl_C_is_not_lost()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        await Assert.ThrowsAsync<HubException>(() => script.TypeAsync(session, new string('x', TerminalPump.LongestInput + 1)));
        // Only when the marker shows is the shell's job in the foreground, where Ctrl-C reaches it.
        await script.TypeAsync(session, "sh -c 'echo rea\"\"dy; exec sleep 1000'\r");
        await follower.ShowsAsync("ready");
        await script.TypeAsync(session, "\u0003");
        await script.TypeAsync(session, "echo st''ill\r");
        await follower.ShowsAsync("still");
    }

    [Fact]
    public async Task A_database_link_needs_the_key_that_only_the_agent_has()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var session = await script.OpenAsync();
        await using var follower = await script.FollowAsync(session);
        await follower.ShowsAsync("$ ");
        // The steered replica echoes: what the shell sends to 127.0.0.1:5432 comes back through agent and gateway.
        await script.TypeAsync(session, "exec 3<>/dev/tcp/127.0.0.1/5432; echo through-the-''link >&3; head -n 1 <&3\r");
        await follower.ShowsAsync("through-the-link");
        Assert.DoesNotContain(follower.Lines, line => line.Contains(Gateway.Sessions.Find(session)!.Key.Secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", "T-1 x", null, HttpStatusCode.NotFound, "no target")]
    [InlineData("locked", "T-1 x", null, HttpStatusCode.Forbidden, "Only members of nobody")]
    [InlineData("shell", null, null, HttpStatusCode.UnprocessableEntity, "T-1 looking")]
    [InlineData("shell", "because", null, HttpStatusCode.UnprocessableEntity, "not of the form")]
    [InlineData("shell", "T-1 x", "zsh", HttpStatusCode.UnprocessableEntity, "it offers bash")]
    public async Task What_cannot_be_opened_is_refused_in_words(string target, string? reason, string? option, HttpStatusCode status, string words)
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        using var answer = await script.Http.PostAsJsonAsync("/api/sessions", new { target, reason, option });
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Targets_say_what_they_are_and_why_one_may_not()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        var targets = (await script.Http.GetFromJsonAsync<JsonElement>("/api/targets")).EnumerateArray().ToDictionary(target => target.GetProperty("name").GetString()!);
        Assert.True(targets["shell"].GetProperty("allowed").GetBoolean());
        Assert.Equal(900, targets["shell"].GetProperty("limits").GetProperty("idleSeconds").GetDouble());
        Assert.Equal(1, targets["shell"].GetProperty("limits").GetProperty("processors").GetDouble());
        Assert.Equal(512 * 1024 * 1024, targets["shell"].GetProperty("limits").GetProperty("memory").GetInt64());
        Assert.Equal("Only members of nobody may open locked; ask The shell team.", targets["locked"].GetProperty("whyNot").GetString());
        Assert.DoesNotContain("NOT_SET", targets["shell"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_person_has_a_bounded_number_of_sessions()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        for (var count = 0; count < 5; count++)
            await script.OpenAsync();
        using var sixth = await script.Http.PostAsJsonAsync("/api/sessions", new { target = "shell", reason = "T-1 x" });
        Assert.Equal(HttpStatusCode.TooManyRequests, sixth.StatusCode);
        Assert.Contains("5 running sessions", await sixth.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_pages_of_the_owner_hear_that_sessions_changed_and_nobody_else_does()
    {
        await using var script = await Script.DeveloperAsync(Gateway);
        await using var reviewer = await Script.ReviewerAsync(Gateway);
        var own = new TaskCompletionSource();
        var foreign = new TaskCompletionSource();
        (await script.HubAsync()).On("SessionsChanged", () => own.TrySetResult());
        (await reviewer.HubAsync()).On("SessionsChanged", () => foreign.TrySetResult());
        await script.OpenAsync();
        await own.Task.WaitAsync(TimeSpan.FromSeconds(10));
        // A round trip after the push: what was meant for the reviewer would have come before it.
        await (await reviewer.HubAsync()).InvokeAsync("Acknowledge", "none", 1L);
        Assert.False(foreign.Task.IsCompleted);
    }
}
