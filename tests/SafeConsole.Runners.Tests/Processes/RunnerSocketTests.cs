using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Tests.Docker;
using SafeConsole.Runners.Tests.Hosting;
using SafeConsole.Runners.Tests.Sandbox;

namespace SafeConsole.Runners.Tests.Processes;

/// <summary>What the kernel holds for a runner, in sockets and page tables, is memory too, though no process shows it as its own.</summary>
public sealed class RunnerSocketTests : IAsyncLifetime
{
    private LinkServer? server;

    public async Task InitializeAsync() => server = await LinkServer.StartAsync();

    public async Task DisposeAsync() => await server!.DisposeAsync();

    [Theory]
    [InlineData("sandbox")]
    [InlineData("docker")]
    public async Task Runner_that_opens_sockets_without_end_is_ended_with_that_reason(string kind)
    {
        var launcher = NewLauncher(kind);
        using var _ = (IDisposable)launcher;
        await using var repl = await Repl.BashAsync(launcher, server!);
        await repl.TypeAsync("python3 -c 'import os, socket, time; os.fork(), os.fork(); k = [socket.socket() for _ in range(250)]; time.sleep(60)'\n");

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);

        Assert.EndsWith($"sockets, whose buffers are memory of the whole host; its limit is {RunnerSockets.Most}.", repl.Runner.EndSentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sandbox")]
    [InlineData("docker")]
    public async Task Tcp_of_a_runner_holds_little(string kind)
    {
        if (kind == "sandbox" && !Environment.IsPrivilegedProcess)
            return;
        var launcher = NewLauncher(kind);
        using var _ = (IDisposable)launcher;
        await using var repl = await Repl.BashAsync(launcher, server!);

        Assert.Equal("4096 131072 262144\r\n4096 16384 262144\r\n", (await repl.RunAsync("cat /proc/sys/net/ipv4/tcp_{r,w}mem")).Replace('\t', ' '));
        Assert.NotEqual("4096 16384 262144", (await File.ReadAllTextAsync("/proc/sys/net/ipv4/tcp_wmem")).Trim().Replace('\t', ' '));
    }

    [Fact]
    public async Task Runner_that_reads_a_mapping_which_holds_nothing_is_ended_for_its_page_tables()
    {
        using var launcher = SandboxContractTests.NewLauncher(server!);
        await using var repl = await Repl.BashAsync(launcher, server!, LinkServer.Limits with { Memory = 96 << 20 });
        await repl.TypeAsync("python3 -c 'import mmap; m = mmap.mmap(-1, 1 << 38, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=mmap.PROT_READ); [m[at] for at in range(0, 1 << 38, 2 << 20)]; input()'\n");

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);

        Assert.EndsWith("MiB of memory; its limit is 96 MiB.", repl.Runner.EndSentence, StringComparison.Ordinal);
    }

    private IRunnerLauncher NewLauncher(string kind) => kind == "docker" ? TestEngine.NewLauncher(server!) : SandboxContractTests.NewLauncher(server!);
}
