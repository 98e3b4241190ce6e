using System.Globalization;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>What hostile code in the REPL cannot do.</summary>
public sealed class SandboxIsolationTests : SandboxTests
{
    [Fact]
    public async Task There_is_no_network_but_an_empty_loopback()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("lo\r\n", await repl.RunAsync("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"));
        Assert.Contains("unreachable", await repl.RunAsync("(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 | tr A-Z a-z"), StringComparison.Ordinal);
        Assert.Contains("code=7", await repl.RunAsync("curl -s -m 5 http://192.0.2.1/; echo code=$?"), StringComparison.Ordinal);
        // The abstract sockets of the host are not to be seen either.
        Assert.Equal("", await repl.RunAsync("grep ' @' /proc/net/unix"));
    }

    [Theory]
    [InlineData("/usr/x")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/x")]
    [InlineData("/x")]
    [InlineData("/dev/x")]
    [InlineData("/run/x")]
    [InlineData("/run/safeconsole/x")]
    [InlineData("/home/x")]
    public async Task Only_home_tmp_and_shared_memory_are_writable(string path)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Matches("Read-only|denied", await repl.RunAsync($"echo x > {path}"));
        Assert.Equal("", await repl.RunAsync("echo x | tee ~/x /tmp/x /dev/shm/x > /dev/null"));
    }

    [Fact]
    public async Task Host_s_files_and_processes_are_not_there()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("", await repl.RunAsync("ls -d /root /var /opt /boot /sys /etc/shadow /etc/ssh 2>/dev/null"));
        Assert.Equal("1 agent\r\n", await repl.RunAsync("echo 1 $(cat /proc/1/comm)"));
        Assert.Equal("uid=1000(runner) gid=1000(runner) groups=1000(runner)\r\n", await repl.RunAsync("id"));
        Assert.Matches("CapEff:\t0+\r\nCapBnd:\t0+\r\nNoNewPrivs:\t1", await repl.RunAsync("grep -hE 'CapEff|CapBnd|NoNewPrivs' /proc/self/status"));
        Assert.Contains("failed", await repl.RunAsync("unshare -Ur id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_can_be_read_and_the_agent_cannot_be_touched()
    {
        Environment.SetEnvironmentVariable("SAFECONSOLE_CANARY", "canary-of-the-gateway");
        await using var repl = await Repl.BashAsync(Launcher, Server, database: RunnerDatabase.Postgres);

        var everything = await repl.RunAsync("env; cat /proc/*/environ /proc/*/cmdline 2>&1 | tr '\\0' '\\n'");

        Assert.Contains("/proc/1/environ: Permission denied", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("SAFECONSOLE_", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(LinkServer.Key, everything, StringComparison.Ordinal);
        Assert.Matches("Permission denied", await repl.RunAsync("head -c1 /proc/1/mem"));
        Assert.Contains("alive", await repl.RunAsync("kill -KILL 1; kill -STOP 1; echo al''ive"), StringComparison.Ordinal);
        // The agent's own sockets cannot be taken over by way of /proc.
        Assert.Matches("Permission denied", await repl.RunAsync("ls /proc/1/fd"));
    }

    [Fact]
    public async Task Two_runners_are_two_users_who_cannot_see_each_other()
    {
        await using var one = await Repl.BashAsync(Launcher, Server);
        await using var two = await Repl.BashAsync(Launcher, Server);
        await one.RunAsync("echo secret > /tmp/mine");

        Assert.Equal("", await two.RunAsync("ls /tmp"));
        if (Environment.IsPrivilegedProcess)
            Assert.NotEqual(UserOf(one), UserOf(two));
    }

    [Fact]
    public async Task Disk_is_full_at_the_limit_and_the_terminal_still_works()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Disk = 8 << 20 });

        Assert.Contains("No space left", await repl.RunAsync("head -c 6M /dev/zero > ~/a; head -c 6M /dev/zero > ~/b"), StringComparison.Ordinal);
        Assert.Contains("4.0M", await repl.RunAsync("du -h ~ | tail -1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fork_bomb_stops_at_the_limit_and_the_runner_can_be_stopped()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Processes = 40 });

        await repl.TypeAsync("bomb() { bomb | bomb & }; bomb\n");

        await repl.SeeAsync("Resource temporarily unavailable");
        var init = ProcessFamily.ChildrenOf(int.Parse(repl.Runner.Id, CultureInfo.InvariantCulture)).Single();
        Assert.InRange(ProcessFamily.Of(init).Count(), 1, 42);
        await repl.Runner.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(2));
        Assert.False(Directory.Exists($"/proc/{init}"));
    }

    [Fact]
    public async Task One_process_gets_no_more_memory_than_the_limit()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Memory = 128 << 20 });

        Assert.Contains("MemoryError", await repl.RunAsync("python3 -c 'x = bytearray(200_000_000)' 2>&1"), StringComparison.Ordinal);
        Assert.Equal("100000000\r\n", await repl.RunAsync("python3 -c 'print(len(bytearray(100_000_000)))'"));
    }

    [Fact]
    public async Task Many_processes_that_share_the_greed_end_the_runner_with_a_sentence()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, LinkServer.Limits with { Memory = 128 << 20 });

        await repl.TypeAsync("for i in 1 2 3 4; do python3 -c 'import time; x = bytearray(b\"x\") * 60_000_000; time.sleep(1000)' & done\n");

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Matches("^The runner used [0-9]+ MiB of memory; its limit is 128 MiB\\.$", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Repl_runs_behind_everything_of_the_host_and_cannot_push_forward()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("10\r\n", await repl.RunAsync("nice"));
        Assert.Contains("Permission denied", await repl.RunAsync("renice -n 9 $$"), StringComparison.Ordinal);
    }

    private static string UserOf(Repl repl) =>
        File.ReadLines($"/proc/{repl.Runner.Id}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal));
}
