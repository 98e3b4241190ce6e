using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>Nothing is left of a sandbox, however it ends; and a launch that fails says why.</summary>
public sealed class SandboxEndingTests : SandboxTests
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("setsid sleep 1000 &")]
    [InlineData("nohup sleep 1000 > /dev/null 2>&1 &")]
    [InlineData("(setsid sh -c 'sleep 1000 &' &)")]
    [InlineData("(trap '' TERM HUP INT QUIT; while :; do sleep 0.1; done) &")]
    [InlineData("python3 -c 'import os; os.fork() or os.setsid() or os.fork() or os.execlp(\"sleep\", \"sleep\", \"1000\")'")]
    public async Task Stop_leaves_no_process_whatever_it_did_to_stay(string daemon)
    {
        var repl = await Repl.BashAsync(Launcher, Server);
        await repl.RunAsync(daemon.TrimEnd('&') + (daemon.EndsWith('&') ? "& :" : ""));
        // It comes to its sleep by and by, and is somebody else's child meanwhile.
        List<ProcessIdentity> family = [];
        Assert.True(await Deadline.BecomesTrueAsync(() => (family = FamilyOf(repl)).Exists(process => NameOf(process.Id) == "sleep"), Deadline.Usual));
        Assert.True(family.Count >= 4, "bwrap, agent, bash and the daemon");

        await repl.Runner.StopAsync(CancellationToken.None).WaitAsync(TwoSeconds);

        Assert.DoesNotContain(family, process => process.IsAlive);
        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any(), "the record is gone too");
        repl.Link.Dispose();
    }

    [Fact]
    public async Task Agent_that_is_killed_ends_the_runner_with_a_sentence()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        var family = FamilyOf(repl);

        Assert.True(family[1].Kill());

        await repl.Runner.Exited.WaitAsync(TwoSeconds);
        Assert.Equal("The runner was ended by signal 9.", repl.Runner.EndSentence);
        Assert.DoesNotContain(family, process => process.IsAlive);
    }

    [Fact]
    public async Task Bubblewrap_that_is_killed_takes_the_sandbox_with_it()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        var family = FamilyOf(repl);

        Assert.True(family[0].Kill());

        await repl.Runner.Exited.WaitAsync(TwoSeconds);
        Assert.DoesNotContain(family, process => process.IsAlive);
    }

    [Fact]
    public async Task Runner_outlives_the_thread_that_asked_for_it()
    {
        Repl? repl = null;
        var thread = new Thread(() => repl = Repl.BashAsync(Launcher, Server).GetAwaiter().GetResult());
        thread.Start();
        thread.Join();
        await using var _ = repl!;

        Assert.Equal("here\r\n", await repl!.RunAsync("echo here"));
    }

    [Fact]
    public async Task Launcher_that_is_disposed_ends_its_runners()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Launcher.Dispose();

        await repl.Runner.Exited.WaitAsync(TwoSeconds);
    }

    [Fact]
    public async Task Gateway_that_is_killed_takes_its_runners_with_it()
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DoomedGateway).Assembly.Location]) { RedirectStandardOutput = true };
        using var gateway = Process.Start(start)!;
        var runner = int.Parse((await gateway.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Usual))!, CultureInfo.InvariantCulture);
        var folder = (await gateway.StandardOutput.ReadLineAsync())!;
        var family = ProcessFamily.Of(runner).Select(ProcessIdentity.Of).OfType<ProcessIdentity>().ToList();
        Assert.True(family.Count >= 4, "bwrap, agent, bash and its daemon");

        gateway.Kill();
        await gateway.WaitForExitAsync().WaitAsync(TwoSeconds);

        Assert.True(await Deadline.BecomesTrueAsync(() => !family.Any(process => process.IsAlive), TwoSeconds));
        // The next gateway finds the record and nothing to kill.
        using var next = new SandboxLauncher(OptionsIn(folder), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);
        Assert.Empty(await new RunnerReaper([next], NullLogger<RunnerReaper>.Instance).ReapAsync(_ => false, CancellationToken.None));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "runners")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Missing_bubblewrap_is_a_sentence()
    {
        using var broken = new SandboxLauncher(OptionsIn(Server.RuntimeDirectory, "/nowhere/bwrap"), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.StartsWith("bubblewrap is not installed at /nowhere/bwrap", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_bubblewrap_says_is_in_the_sentence()
    {
        var bubblewrap = Path.Combine(Server.RuntimeDirectory, "bwrap");
        File.WriteAllText(bubblewrap, "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n");
        File.SetUnixFileMode(bubblewrap, (UnixFileMode)0b111_101_101);
        using var broken = new SandboxLauncher(OptionsIn(Server.RuntimeDirectory, bubblewrap), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.Equal("bubblewrap could not start the sandbox: bwrap: No permissions to create a new namespace.", failure.Message);
        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
    }

    [Fact]
    public async Task Bubblewrap_that_does_not_come_to_start_the_sandbox_is_waited_for_so_long_and_no_longer()
    {
        var bubblewrap = Path.Combine(Server.RuntimeDirectory, "bwrap");
        File.WriteAllText(bubblewrap, "#!/bin/sh\nexec sleep 1000\n");
        File.SetUnixFileMode(bubblewrap, (UnixFileMode)0b111_101_101);
        var options = new SandboxOptions { RuntimeDirectory = Server.RuntimeDirectory, AgentPath = Agent.Path, BubblewrapPath = bubblewrap, LaunchTimeout = TimeSpan.FromSeconds(1) };
        using var slow = new SandboxLauncher(options, TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => slow.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.Equal("bubblewrap did not start the sandbox within 1 s.", failure.Message);
        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
    }

    [Fact]
    public async Task Runtime_folder_that_runner_users_cannot_enter_is_a_sentence()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        File.SetUnixFileMode(Server.RuntimeDirectory, (UnixFileMode)0b111_000_000);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.Contains("may not be entered by other users", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_launch_leaves_nothing()
    {
        // Each is killed at another moment of bubblewrap's start.
        for (var launch = 0; launch < 30; launch++)
        {
            var spec = Server.NewSpec();
            using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(launch));
            try
            {
                await using var runner = await Launcher.LaunchAsync(spec, NoProgress.Instance, cancelled.Token);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                // As it should be; a fast one may have been there first.
            }
            Assert.Equal([], NamesOfProcesses(spec.Runner));
        }

        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
    }

    [Fact]
    public async Task Launcher_that_is_disposed_in_the_middle_of_a_launch_leaves_nothing()
    {
        // Each is disposed at another moment of bubblewrap's start.
        for (var launch = 0; launch < 30; launch++)
        {
            var spec = Server.NewSpec();
            var moment = TimeSpan.FromMilliseconds(launch);
            var shortLived = SandboxContractTests.NewLauncher(Server);
            var clock = Stopwatch.StartNew();
            var launching = shortLived.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
            SpinWait.SpinUntil(() => clock.Elapsed >= moment);
            shortLived.Dispose();
            try
            {
                await (await launching).Exited.WaitAsync(Deadline.Usual);
            }
            catch (RunnerLaunchException)
            {
                // As it should be; a fast one may have been there first.
            }
            Assert.Equal([], NamesOfProcesses(spec.Runner));
        }

        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
    }

    /// <summary>Of the living processes: bubblewrap's name the session in their arguments, the agent in its environment.</summary>
    private static List<string> NamesOfProcesses(string session) =>
        [.. Process.GetProcesses().Select(process => process.Id)
            .Where(process => ReadOf(process, "cmdline").Contains(session, StringComparison.Ordinal) || ReadOf(process, "environ").Contains(session, StringComparison.Ordinal))
            .Where(process => ProcessIdentity.Of(process) is { IsAlive: true }).Select(NameOf)];

    private static string NameOf(int process) => ReadOf(process, "comm").TrimEnd();

    private static string ReadOf(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static SandboxOptions OptionsIn(string folder, string bubblewrap = "/usr/bin/bwrap") =>
        new() { RuntimeDirectory = folder, AgentPath = Agent.Path, BubblewrapPath = bubblewrap };

    private static List<ProcessIdentity> FamilyOf(Repl repl) =>
        ProcessFamily.Of(int.Parse(repl.Runner.Id, CultureInfo.InvariantCulture)).Select(ProcessIdentity.Of).OfType<ProcessIdentity>().ToList();

}
