using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>What hostile code in the REPL cannot do, and what nobody who may ask the engine learns.</summary>
public sealed class DockerIsolationTests : DockerTests
{
    [Fact]
    public async Task There_is_no_network_but_an_empty_loopback()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("lo\r\n", await repl.RunAsync("tail -n +3 /proc/net/dev | cut -d: -f1 | tr -d ' '"));
        Assert.Contains("unreachable", await repl.RunAsync("(exec 3<>/dev/tcp/192.0.2.1/80) 2>&1 | tr A-Z a-z"), StringComparison.Ordinal);
        Assert.Equal("", await repl.RunAsync("grep ' @' /proc/net/unix"));
        Assert.Equal("", await repl.RunAsync("cat /etc/resolv.conf"));
    }

    [Theory]
    [InlineData("/usr/x")]
    [InlineData("/etc/passwd")]
    [InlineData("/etc/hosts")]
    [InlineData("/etc/resolv.conf")]
    [InlineData("/etc/x")]
    [InlineData("/x")]
    [InlineData("/dev/x")]
    [InlineData("/run/x")]
    [InlineData("/run/safeconsole/x")]
    [InlineData("/home/x")]
    [InlineData("/var/tmp/x")]
    [InlineData("/proc/sys/kernel/hostname")]
    [InlineData("/sys/fs/cgroup/x")]
    public async Task Only_home_tmp_and_shared_memory_are_writable(string path)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Matches("Read-only|denied", await repl.RunAsync($"echo x > {path}"));
        Assert.Equal("", await repl.RunAsync("echo x | tee ~/x /tmp/x /dev/shm/x > /dev/null"));
    }

    [Fact]
    public async Task Repl_is_an_unprivileged_user_of_its_own_without_a_way_to_become_another()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Matches("^uid=3[0-9]{5}\\(runner\\) gid=3[0-9]{5}\\(runner\\) groups=3[0-9]{5}\\(runner\\)\r\n$", await repl.RunAsync("id"));
        Assert.Equal("runner\r\n", await repl.RunAsync("whoami"));
        Assert.Matches("CapInh:\t0+\r\nCapPrm:\t0+\r\nCapEff:\t0+\r\nCapBnd:\t0+\r\nCapAmb:\t0+\r\nNoNewPrivs:\t1\r\nSeccomp:\t2", await repl.RunAsync("grep -hE 'Cap|NoNewPrivs|Seccomp:' /proc/self/status"));
        Assert.Contains("failed", await repl.RunAsync("unshare -Ur id"), StringComparison.Ordinal);
        Assert.Matches("denied|failure|permitted|must be", await repl.RunAsync("su -c id < /dev/null 2>&1; mount -t tmpfs none /tmp 2>&1"));
    }

    [Fact]
    public async Task Engine_s_own_filter_of_system_calls_is_in_force_beside_the_agent_s()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Equal("Seccomp_filters:\t2\r\n", await repl.RunAsync("grep Seccomp_filters /proc/self/status"));
    }

    [Fact]
    public async Task No_secret_can_be_read_and_the_agent_cannot_be_touched()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, database: RunnerDatabase.Postgres);

        var everything = await repl.RunAsync("env; cat /proc/*/environ /proc/*/cmdline 2>&1 | tr '\\0' '\\n'");

        Assert.Contains("/proc/1/environ: Permission denied", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("SAFECONSOLE_", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(LinkServer.Key, everything, StringComparison.Ordinal);
        Assert.Equal("1 safeconsole-age\r\n", await repl.RunAsync("echo 1 $(cat /proc/1/comm)"));
        Assert.Matches("Permission denied", await repl.RunAsync("head -c1 /proc/1/mem"));
        Assert.Matches("Permission denied", await repl.RunAsync("ls /proc/1/fd"));
        Assert.Contains("alive", await repl.RunAsync("kill -KILL 1; kill -STOP 1; echo al''ive"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_stands_neither_in_the_container_s_settings_nor_on_the_engine_s_disk()
    {
        var spec = Server.NewSpec();
        await using var runner = await Launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
        var root = await TestEngine.DockerAsync("info", "--format", "{{.DockerRootDir}}");

        Assert.DoesNotContain(spec.Ticket.Secret, (await InspectAsync(runner.Id)).GetRawText(), StringComparison.Ordinal);
        var files = Directory.EnumerateFiles(Path.Combine(root, "containers", runner.Id), "*", SearchOption.AllDirectories).ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "config.v2.json");
        Assert.DoesNotContain(files, file => File.ReadAllText(file).Contains(spec.Ticket.Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_runners_are_two_users_who_cannot_see_each_other()
    {
        await using var one = await Repl.BashAsync(Launcher, Server);
        await using var two = await Repl.BashAsync(Launcher, Server);
        await one.RunAsync("echo secret > /tmp/mine; sleep 1000 & :");

        Assert.Equal("", await two.RunAsync("ls /tmp; cat /proc/*/cmdline | tr '\\0' ' ' | grep -o 'sleep 100[0]'"));
        Assert.NotEqual(await one.RunAsync("id -u"), await two.RunAsync("id -u"));
    }

    [Fact]
    public async Task Container_is_labelled_and_set_up_as_the_policy_says()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server, new RunnerLimits(256 << 20, 40, 32 << 20, 0.5));

        var container = await InspectAsync(repl.Runner.Id);

        var labels = container.GetProperty("Config").GetProperty("Labels");
        Assert.Equal(Server.RuntimeDirectory, labels.GetProperty("safeconsole.gateway").GetString());
        Assert.Equal(repl.Spec.Runner, labels.GetProperty("safeconsole.runner").GetString());
        Assert.Equal("tests", labels.GetProperty("safeconsole.target").GetString());
        Assert.Equal(repl.Runner.Image, container.GetProperty("Image").GetString());
        Assert.Equal(await Launcher.CurrentImageAsync(repl.Spec.Shape, CancellationToken.None), repl.Runner.Image);
        var host = container.GetProperty("HostConfig");
        Assert.Equal((256 << 20, 256 << 20, 500_000_000, 72), (host.GetProperty("Memory").GetInt32(), host.GetProperty("MemorySwap").GetInt32(), host.GetProperty("NanoCpus").GetInt32(), host.GetProperty("PidsLimit").GetInt32()));
        Assert.Equal(("none", "private", true, false), (host.GetProperty("NetworkMode").GetString(), host.GetProperty("IpcMode").GetString(), host.GetProperty("ReadonlyRootfs").GetBoolean(), host.GetProperty("Privileged").GetBoolean()));
        // devpts, where nobody can put a file.
        Assert.All(container.GetProperty("Mounts").EnumerateArray(), mount => Assert.Equal(mount.GetProperty("Destination").GetString() == "/dev/pts", mount.GetProperty("RW").GetBoolean()));
        Assert.Equal("1\r\n", await repl.RunAsync("grep -c '/dev/pts devpts .*nosuid,noexec.*max=64' /proc/mounts"));
        Assert.Equal("16M\r\n12M\r\n4.0M\r\n", await repl.RunAsync("df -h --output=size /home/runner /tmp /dev/shm | tail -n +2 | tr -d ' '"));
    }
}
