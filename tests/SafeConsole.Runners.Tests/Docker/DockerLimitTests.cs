using System.Diagnostics;
using System.Globalization;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Frames;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Runners.Tests.Sandbox;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>The policy's limits hold, and the terminal lives on where it can.</summary>
public sealed class DockerLimitTests : DockerTests
{
    [Fact]
    public async Task Fork_bomb_stops_at_the_limit_and_the_runner_can_be_stopped()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Processes = 40 });
        var processes = $"/sys/fs/cgroup/pids/docker/{repl.Runner.Id}/pids.current";

        await repl.TypeAsync("bomb() { bomb | bomb & }; bomb\n");

        await repl.SeeAsync("Resource temporarily unavailable");
        if (File.Exists(processes))
            Assert.InRange(int.Parse(await File.ReadAllTextAsync(processes), CultureInfo.InvariantCulture), 1, 40 + ContainerSettings.AgentProcesses);
        // The agent still has threads of its own to end the REPL with.
        await repl.Link.StopAsync(CancellationToken.None);
        await repl.FrameAsync<ExitFrame>();
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("", await ContainersAsync());
    }

    [Fact]
    public async Task Program_that_opens_all_terminals_it_can_get_leaves_the_host_its_own()
    {
        string volume;
        await using (var repl = await Repl.BashAsync(Launcher, Server))
        {
            volume = (await InspectAsync(repl.Runner.Id)).GetProperty("Mounts").EnumerateArray()
                .Single(mount => mount.GetProperty("Destination").GetString() == "/dev/pts").GetProperty("Name").GetString()!;

            await repl.TypeAsync(PseudoTerminalTests.OpenAll + "\n");

            // The REPL itself has the first.
            await repl.SeeAsync($"{ContainerSettings.Terminals - 1} No space left on device");
            await repl.TypeAsync("\n");
            Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
        }
        Assert.Equal("", await TestEngine.DockerAsync("volume", "ls", "--quiet", "--filter", "name=" + volume));
    }

    [Fact]
    public async Task Repl_that_takes_all_memory_ends_with_a_sentence_that_names_the_limit()
    {
        await using var repl = await Repl.StartAsync(Launcher, Server, ["python3", "-c", "x = b'x' * 200_000_000"], LinkServer.Limits with { Memory = 100 << 20 });

        Assert.Equal(new ExitFrame(null, 9), await repl.FrameAsync<ExitFrame>());
        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("The runner used up its memory: the limit is 100 MiB, and files in /home/runner and /tmp count.", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Program_that_takes_all_memory_dies_and_the_repl_that_started_it_does_not()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Memory = 100 << 20 });

        Assert.Contains("code=137\r\n", await repl.RunAsync("python3 -c 'x = b\"x\" * 200_000_000'; echo code=$?"), StringComparison.Ordinal);

        await foreach (var batch in repl.Spec.Log.FollowAsync(CancellationToken.None))
        {
            if (batch.Any(line => line is { Source: "engine", Text: "the memory limit was reached, and the kernel killed a process of the runner" }))
                break;
        }
    }

    [Fact]
    public async Task Disk_is_full_at_the_limit_and_the_terminal_still_works()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Disk = 8 << 20 });

        Assert.Contains("No space left", await repl.RunAsync("head -c 6M /dev/zero > ~/a; head -c 6M /dev/zero > ~/b"), StringComparison.Ordinal);
        Assert.Equal("4.0M\r\n", await repl.RunAsync("df -h --output=used ~ | tail -1 | tr -d ' '"));
        Assert.Contains("No space left", await repl.RunAsync("for folder in /tmp /dev/shm /run/postgresql; do head -c 6M /dev/zero > $folder/x; done"), StringComparison.Ordinal);
        Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
    }

    [Fact]
    public async Task Busy_programs_get_no_more_of_the_processors_than_the_limit()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Processors = 0.25 });
        var clock = Stopwatch.StartNew();
        var before = (await repl.Runner.MeasureAsync(CancellationToken.None))!.Processor;

        await repl.RunAsync("for i in 1 2 3; do timeout 4 bash -c 'while :; do :; done' & done; wait");

        var used = (await repl.Runner.MeasureAsync(CancellationToken.None))!.Processor - before;
        Assert.InRange(used / clock.Elapsed, 0.02, 0.30);
    }

    [Fact]
    public async Task Policy_may_allow_more_processors_than_there_are()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Processors = 1000 });

        Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
    }

    [Fact]
    public async Task Kernel_s_files_and_the_engine_agree_on_what_is_used()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        using var engine = new DockerEngine(TestEngine.OptionsFor(Server));
        var usage = new ContainerUsage(engine, repl.Runner.Id);
        await repl.RunAsync("head -c 20M /dev/zero > /tmp/x");

        var asked = (await usage.AskAsync(CancellationToken.None))!;

        Assert.InRange(asked.Memory, 20 << 20, 100 << 20);
        Assert.True(asked.Processor > TimeSpan.Zero);
        if (usage.IsLocal)
        {
            var read = (await usage.ReadAsync(CancellationToken.None))!;
            Assert.InRange(read.Memory, asked.Memory - (4 << 20), asked.Memory + (4 << 20));
            Assert.InRange(read.Processor, asked.Processor, asked.Processor + TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task Gigabyte_of_output_passes_and_neither_side_remembers_it()
    {
        const long bytes = 1 << 30;
        await using var repl = await Repl.LaunchAsync(Launcher, Server);
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        await repl.StartAsync(["bash", "-c", $"stty -opost; head -c {bytes} /dev/zero; read end"]);
        long received = 0;

        while (received < bytes)
        {
            var frame = await repl.Link.ReceiveAsync(CancellationToken.None).AsTask().WaitAsync(Deadline.Usual);
            received += frame is OutputFrame output ? output.Data.Length : 0;
        }

        Assert.Equal(bytes, received);
        Assert.InRange((await repl.Runner.MeasureAsync(CancellationToken.None))!.Memory, 0, 64 << 20);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - heap, long.MinValue, 64 << 20);
    }
}
