using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>Nothing is left of a sandbox, however it ends; and a launch that fails says why.</summary>
public sealed class SandboxEndingTests : IAsyncLifetime
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);
    private LinkServer? server;
    private SandboxLauncher? launcher;

    private LinkServer Server => server!;

    private SandboxLauncher Launcher => launcher!;

    public async Task InitializeAsync()
    {
        server = await LinkServer.StartAsync();
        launcher = SandboxContractTests.NewLauncher(server);
    }

    public async Task DisposeAsync()
    {
        Launcher.Dispose();
        await Server.DisposeAsync();
    }

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
        var family = FamilyOf(repl);
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
        Assert.Empty(new RunnerReaper(OptionsIn(folder), NullLogger<RunnerReaper>.Instance).Reap());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(folder, "runners")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Missing_bubblewrap_is_a_sentence()
    {
        using var broken = new SandboxLauncher(OptionsIn(Server.RuntimeDirectory, "/nowhere/bwrap"), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(Spec(), CancellationToken.None));

        Assert.StartsWith("bubblewrap is not installed at /nowhere/bwrap", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_bubblewrap_says_is_in_the_sentence()
    {
        var bubblewrap = Path.Combine(Server.RuntimeDirectory, "bwrap");
        File.WriteAllText(bubblewrap, "#!/bin/sh\necho 'bwrap: No permissions to create a new namespace' >&2\nexit 1\n");
        File.SetUnixFileMode(bubblewrap, (UnixFileMode)0b111_101_101);
        using var broken = new SandboxLauncher(OptionsIn(Server.RuntimeDirectory, bubblewrap), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(Spec(), CancellationToken.None));

        Assert.Equal("bubblewrap could not start the sandbox: bwrap: No permissions to create a new namespace.", failure.Message);
        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
    }

    [Fact]
    public async Task Runtime_folder_that_runner_users_cannot_enter_is_a_sentence()
    {
        if (!Environment.IsPrivilegedProcess)
            return;
        File.SetUnixFileMode(Server.RuntimeDirectory, (UnixFileMode)0b111_000_000);

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Launcher.LaunchAsync(Spec(), CancellationToken.None));

        Assert.Contains("may not be entered by other users", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_launch_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        // Each is killed at another moment of bubblewrap's start.
        for (var launch = 0; launch < 20; launch++)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Launcher.LaunchAsync(Spec(), cancelled.Token));

        Assert.False(Directory.EnumerateFiles(Path.Combine(Server.RuntimeDirectory, "runners")).Any());
        Assert.True(await Deadline.BecomesTrueAsync(() => !HasProcessOf(Server.RuntimeDirectory), TwoSeconds));
    }

    [Fact]
    public async Task Launcher_that_is_disposed_in_the_middle_of_a_launch_leaves_nothing()
    {
        for (var launch = 0; launch < 20; launch++)
        {
            var shortLived = SandboxContractTests.NewLauncher(Server);
            Task launching = shortLived.LaunchAsync(Spec(), CancellationToken.None);
            shortLived.Dispose();
            await launching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        Assert.True(await Deadline.BecomesTrueAsync(() => !HasProcessOf(Server.RuntimeDirectory), TimeSpan.FromSeconds(10)));
    }

    private static bool HasProcessOf(string folder) =>
        Process.GetProcesses().Any(process => ProcessIdentity.Of(process.Id) is { IsAlive: true } && CommandLineOf(process.Id).Contains(folder, StringComparison.Ordinal));

    private static string CommandLineOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static SandboxOptions OptionsIn(string folder, string bubblewrap = "/usr/bin/bwrap") =>
        new() { RuntimeDirectory = folder, AgentPath = Agent.Path, BubblewrapPath = bubblewrap };

    private static List<ProcessIdentity> FamilyOf(Repl repl) =>
        ProcessFamily.Of(int.Parse(repl.Runner.Id, CultureInfo.InvariantCulture)).Select(ProcessIdentity.Of).OfType<ProcessIdentity>().ToList();

    private RunnerSpec Spec() => new("session", Server.Tickets.Issue("session"), new RunnerLimits(512 << 20, 64, 64 << 20));
}
