using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests;

/// <summary>What every launcher's runners do, whatever they are made of. A launcher's tests derive from this.</summary>
public abstract class RunnerContract : IAsyncLifetime
{
    private LinkServer? server;
    private IRunnerLauncher? launcher;

    internal LinkServer Server => server!;

    internal IRunnerLauncher Launcher => launcher!;

    public async Task InitializeAsync()
    {
        server = await StartServerAsync();
        launcher = CreateLauncher(server);
    }

    public virtual async Task DisposeAsync()
    {
        (launcher as IDisposable)?.Dispose();
        await Server.DisposeAsync();
    }

    [Fact]
    public async Task Agent_says_hello_and_that_it_found_no_way_out()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);

        Assert.Equal(1, repl.Hello.Version);
        Assert.False(repl.Hello.Network.Reachable, repl.Hello.Network.Evidence);
        Assert.Contains("no interface but lo", repl.Hello.Network.Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_reaches_the_repl_and_its_answer_comes_back()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("42\r\n", await repl.RunAsync("echo $((6*7))"));
        Assert.Equal("grüße 漢字 🍜\r\n", await repl.RunAsync("echo 'grüße 漢字 🍜'"));
    }

    [Fact]
    public async Task Terminal_has_the_size_that_was_ordered_and_follows_a_resize()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        Assert.Equal("24 80\r\n", await repl.RunAsync("stty size"));

        await repl.Link.ResizeAsync(132, 50, CancellationToken.None);

        Assert.Equal("50 132\r\n", await repl.RunAsync("stty size"));
    }

    [Fact]
    public async Task Control_c_interrupts_the_program_in_the_foreground_and_not_the_repl()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        await repl.TypeAsync("echo star''ted; cat\n");
        await repl.SeeAsync("started");
        await repl.TypeAsync("a line\n");
        await repl.SeeAsync("a line\r\na line\r\n");

        await repl.TypeAsync("\u0003");

        await repl.SeeAsync(Repl.Prompt);
        await repl.TypeAsync("echo code=$?\n");
        await repl.SeeAsync("code=130\r\n");
    }

    [Fact]
    public async Task Exit_code_comes_after_the_last_output_and_the_runner_ends()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "seq 1 200000; exit 7"]);

        Assert.Equal(new ExitFrame(7, null), await repl.FrameAsync<ExitFrame>());
        Assert.EndsWith("199999\r\n200000\r\n", repl.Text, StringComparison.Ordinal);
        Assert.Equal(0, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
    }

    [Fact]
    public async Task Repl_that_is_killed_is_reported_with_its_signal()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "kill -KILL $$"]);

        Assert.Equal(new ExitFrame(null, 9), await repl.FrameAsync<ExitFrame>());
    }

    [Fact]
    public async Task Repl_that_ends_takes_its_background_processes_with_it()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "setsid sleep 1000 & nohup sleep 1000 & exit 0"]);

        Assert.Equal(new ExitFrame(0, null), await repl.FrameAsync<ExitFrame>());
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Command_that_does_not_exist_is_a_sentence()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["psqll", "--help"]);

        var failure = await repl.FrameAsync<FailureFrame>();

        Assert.StartsWith("psqll: this command does not exist in the runner", failure.Message, StringComparison.Ordinal);
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Stop_by_the_link_ends_a_repl_that_ignores_every_polite_signal()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "trap '' HUP TERM INT; echo armed; while :; do sleep 1; done"]);
        await repl.SeeAsync("armed");

        await repl.Link.StopAsync(CancellationToken.None);

        Assert.Equal(new ExitFrame(null, 9), await repl.FrameAsync<ExitFrame>());
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Stop_by_the_link_gives_the_repl_the_chance_to_leave()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "trap 'echo bye; exit 3' HUP; echo armed; while :; do sleep 0.05; done"]);
        await repl.SeeAsync("armed");

        await repl.Link.StopAsync(CancellationToken.None);

        Assert.Equal(new ExitFrame(3, null), await repl.FrameAsync<ExitFrame>());
        Assert.Contains("bye", repl.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lost_link_ends_the_runner()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        repl.Link.Dispose();

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Link_that_is_lost_while_nobody_reads_it_ends_the_runner()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);
        await repl.StartAsync(["sleep", "1000"]);

        repl.Link.Dispose();

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Stop_before_the_start_ends_the_runner()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);

        await repl.Link.StopAsync(CancellationToken.None);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Runner_with_a_used_ticket_ends_and_says_why()
    {
        var spec = Server.NewSpec();
        Assert.True(Server.Tickets.TryRedeem(spec.Ticket.Secret, out _));

        await using var runner = await Launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);

        await runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Contains("does not accept the runner's secret", runner.EndSentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopping_twice_is_no_error()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await repl.Runner.StopAsync(CancellationToken.None);
        await repl.Runner.StopAsync(CancellationToken.None);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Null(repl.Runner.EndSentence);
    }

    [Fact]
    public async Task What_the_agent_says_is_in_the_runner_s_log()
    {
        var spec = Server.NewSpec();
        Assert.True(Server.Tickets.TryRedeem(spec.Ticket.Secret, out _));
        await using var runner = await Launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
        // Where the engine keeps the log for itself, the agent sends it by its link, and this one got none.
        if (runner.NeedsReports)
            return;

        using var patience = new CancellationTokenSource(Deadline.Usual);
        await foreach (var batch in spec.Log.FollowAsync(patience.Token))
        {
            if (batch.Any(line => line.Source == "agent" && line.Text.Contains("does not accept the runner's secret", StringComparison.Ordinal)))
                break;
        }
    }

    [Fact]
    public async Task Runner_is_found_and_can_be_stopped_by_what_was_found()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        var found = Assert.Single(await Launcher.FindAsync(CancellationToken.None), found => found.Runner == repl.Spec.Runner);

        Assert.True(await Launcher.StopAsync(found, CancellationToken.None));

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.False(await Launcher.StopAsync(found, CancellationToken.None));
        Assert.DoesNotContain(await Launcher.FindAsync(CancellationToken.None), gone => gone.Runner == repl.Spec.Runner);
    }

    [Fact]
    public async Task Sweep_ends_the_runner_that_nobody_owns_and_leaves_the_other()
    {
        await using var owned = await Repl.BashAsync(Launcher, Server);
        await using var stray = await Repl.BashAsync(Launcher, Server);
        var reaper = new RunnerReaper([Launcher], NullLogger<RunnerReaper>.Instance);

        Assert.Equal([stray.Spec.Runner], await reaper.ReapAsync(runner => runner == owned.Spec.Runner, CancellationToken.None));

        await stray.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("here\r\n", await owned.RunAsync("echo here"));
    }

    [Fact]
    public async Task Usage_is_measured_and_grows_with_what_is_used()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        if (!MeasuresUsage)
        {
            Assert.Null(await repl.Runner.MeasureAsync(CancellationToken.None));
            return;
        }
        var before = (await repl.Runner.MeasureAsync(CancellationToken.None))!;

        // A line is needed to let it go on to its end, so that its memory is there while it is measured.
        await repl.TypeAsync("python3 -c 'x = b\"x\" * 50_000_000; sum(range(5_000_000)); print(\"hol\" + \"ding\"); input()'\n");
        await repl.SeeAsync("holding");
        var during = (await repl.Runner.MeasureAsync(CancellationToken.None))!;
        await repl.TypeAsync("\n");

        Assert.InRange(during.Memory - before.Memory, 45_000_000, 120_000_000);
        Assert.InRange(during.Processor - before.Processor, TimeSpan.FromMilliseconds(20), Deadline.Usual);
        await repl.Runner.StopAsync(CancellationToken.None);
        Assert.Null(await repl.Runner.MeasureAsync(CancellationToken.None));
    }

    /// <summary>False where only the agent can tell what a runner uses.</summary>
    internal virtual bool MeasuresUsage => true;

    internal abstract IRunnerLauncher CreateLauncher(LinkServer server);

    internal virtual Task<LinkServer> StartServerAsync() => LinkServer.StartAsync();
}
