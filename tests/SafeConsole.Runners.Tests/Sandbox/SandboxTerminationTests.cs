using System.Diagnostics;
using System.Globalization;
using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>SIGTERM to an agent that is process 1, as `docker stop` sends it: the REPL is hung up as by the link's stop.</summary>
public sealed class SandboxTerminationTests : SandboxTests
{
    [Fact]
    public async Task Repl_gets_the_chance_to_leave_and_its_last_words_arrive()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "trap 'echo bye; exit 3' HUP; echo armed; while :; do sleep 0.05; done"]);
        await repl.SeeAsync("armed");

        await TerminateAsync(repl);

        Assert.Equal(new ExitFrame(3, null), await repl.FrameAsync<ExitFrame>());
        Assert.Contains("bye", repl.Text, StringComparison.Ordinal);
        Assert.Equal(0, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
    }

    [Fact]
    public async Task Repl_that_ignores_every_polite_signal_is_killed()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["bash", "-c", "trap '' HUP TERM INT; echo armed; while :; do sleep 1; done"]);
        await repl.SeeAsync("armed");

        await TerminateAsync(repl);

        Assert.Equal(new ExitFrame(null, 9), await repl.FrameAsync<ExitFrame>());
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    [Fact]
    public async Task Runner_that_waits_for_its_start_ends()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);

        await TerminateAsync(repl);

        Assert.Equal(0, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
    }

    [Fact]
    public async Task Gateway_that_reads_nothing_does_not_keep_the_runner()
    {
        await using var repl = await Repl.LaunchAsync(Launcher, Server);
        await repl.StartAsync(["bash", "-c", "yes"]);

        await TerminateAsync(repl);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
    }

    /// <summary>The first process of the family is bwrap, the second the agent.</summary>
    private static async Task TerminateAsync(Repl repl)
    {
        var agent = ProcessFamily.Of(int.Parse(repl.Runner.Id, CultureInfo.InvariantCulture)).ElementAt(1);
        using var kill = Process.Start("kill", ["-TERM", agent.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
