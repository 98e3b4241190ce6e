using System.Globalization;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>The host has one number of pseudo-terminals, and a runner gets few of them.</summary>
public sealed class PseudoTerminalTests : SandboxTests
{
    /// <summary>A command that opens all it can get, says how many these were and why there were no more, and stays until it reads a line.</summary>
    internal const string OpenAll = """
        python3 -c 'exec("import os\nn = 0\ntry:\n  while True: os.open(\"/dev/ptmx\", 2); n += 1\nexcept OSError as e: print(n, e.strerror)\ninput()")'
        """;

    [Fact]
    public async Task Program_that_opens_all_it_can_get_leaves_the_host_its_own()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await repl.TypeAsync(OpenAll + "\n");

        if (Environment.IsPrivilegedProcess)
        {
            // The kernel refuses, and the runner lives; the REPL itself has the first.
            await repl.SeeAsync($"{PseudoTerminals.Most - 1} No space left on device");
            await repl.TypeAsync("\n");
            Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
        }
        else
        {
            await repl.Runner.Exited.WaitAsync(Deadline.Usual);
            Assert.EndsWith($"pseudo-terminals, which the whole host shares; its limit is {PseudoTerminals.Most}.", repl.Runner.EndSentence, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Runner_whose_terminals_the_kernel_does_not_limit_is_watched()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        using var over = new CancellationTokenSource();
        var excess = SandboxWatch.WaitForExcessAsync(InitOf(repl), long.MaxValue, 8, int.MaxValue, TimeProvider.System, over.Token);

        Assert.Equal("8\r\n", await repl.RunAsync("python3 -c 'import os; [os.open(\"/dev/ptmx\", 2) for _ in range(7)]; print(len(os.listdir(\"/dev/pts\")) - 1)'"));
        Assert.False(excess.IsCompleted);
        await repl.TypeAsync("python3 -c 'import os; [os.open(\"/dev/ptmx\", 2) for _ in range(8)]; input()'\n");

        Assert.Equal("The runner opened 9 pseudo-terminals, which the whole host shares; its limit is 8.", await excess.WaitAsync(Deadline.Usual));
    }

    [Fact]
    public void Gateways_own_terminals_are_never_limited()
    {
        var before = File.ReadAllLines("/proc/self/mounts");

        Assert.False(PseudoTerminals.TryLimit(ProcessIdentity.Of(Environment.ProcessId)!));

        Assert.Equal(before.Where(IsOfTerminals), File.ReadAllLines("/proc/self/mounts").Where(IsOfTerminals));
    }

    private static bool IsOfTerminals(string mount) => mount.StartsWith("devpts /dev/pts ", StringComparison.Ordinal);

    private static ProcessIdentity InitOf(Repl repl) => ProcessIdentity.Of(ProcessFamily.ChildrenOf(int.Parse(repl.Runner.Id, CultureInfo.InvariantCulture))[0])!;
}
