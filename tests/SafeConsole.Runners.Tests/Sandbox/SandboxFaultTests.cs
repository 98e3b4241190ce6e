using System.Diagnostics;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>What fails around a sandbox is logged, and neither hides the sandbox's end nor costs a user id: there is only one here.</summary>
public sealed class SandboxFaultTests : IAsyncLifetime
{
    private const int RecordNotRemoved = 3002;
    private const int MemoryWatchFailed = 3003;
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    private readonly HeardLog<SandboxLauncher> log = new();
    private LinkServer? server;

    private LinkServer Server => server!;

    private string Records => Path.Combine(Server.RuntimeDirectory, "runners");

    public async Task InitializeAsync() => server = await LinkServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task Record_that_cannot_be_removed_hides_no_end_and_costs_no_user_id()
    {
        using var launcher = NewLauncher();
        var first = await Repl.BashAsync(launcher, Server);
        // A folder in its place: it cannot be deleted as a file.
        var record = Directory.EnumerateFiles(Records, "*.json").Single();
        File.Delete(record);
        Directory.CreateDirectory(record);

        await first.DisposeAsync().AsTask().WaitAsync(TwoSeconds);

        Assert.True(first.Runner.Exited.IsCompletedSuccessfully);
        Assert.Contains(RecordNotRemoved, log.Events);
        await using var second = await Repl.BashAsync(launcher, Server);
        Assert.Equal("here\r\n", await second.RunAsync("echo here"));
    }

    [Fact]
    public async Task Record_that_was_only_begun_is_removed_with_its_runner()
    {
        using var launcher = NewLauncher();
        var repl = await Repl.BashAsync(launcher, Server);
        // As a full disk leaves it.
        File.WriteAllText(Directory.EnumerateFiles(Records, "*.json").Single() + ".new", "");

        await repl.DisposeAsync();

        Assert.Empty(Directory.EnumerateFiles(Records));
    }

    [Fact]
    public async Task Record_that_cannot_be_written_is_a_sentence_and_costs_no_user_id()
    {
        using var launcher = NewLauncher();
        File.WriteAllText(Records, "");

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.StartsWith("The sandbox's record could not be written to", failure.Message, StringComparison.Ordinal);
        File.Delete(Records);
        await using var next = await Repl.BashAsync(launcher, Server);
        Assert.Equal("here\r\n", await next.RunAsync("echo here"));
    }

    [Fact]
    public async Task Runner_whose_memory_cannot_be_watched_is_ended_with_a_sentence()
    {
        // A shell stands for bwrap, and what it started for the agent.
        var start = new ProcessStartInfo("/bin/sh", ["-c", "echo running; sleep 1000; true"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        var processes = new SandboxProcesses(Process.Start(start)!);
        Assert.Equal("running", await processes.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Usual));
        Assert.True(await Deadline.BecomesTrueAsync(() => { processes.FindInit(); return processes.Init is not null; }, TwoSeconds));
        var cleanUps = 0;

        await using var runner = new SandboxRunner("runner", processes, new RunnerLog(TimeProvider.System), Task.CompletedTask,
            (_, _) => Task.FromException<string>(new FormatException("Nobody can read this.")), () => cleanUps++, log);

        await runner.Exited.WaitAsync(TwoSeconds);
        Assert.Equal("The runner was ended because its memory could not be watched any more.", runner.EndSentence);
        Assert.Contains(MemoryWatchFailed, log.Events);
        Assert.Equal((false, 1), (processes.Init!.IsAlive, cleanUps));
        processes.Dispose();
    }

    private SandboxLauncher NewLauncher() =>
        new(new SandboxOptions { RuntimeDirectory = Server.RuntimeDirectory, AgentPath = Agent.Path, FirstUserId = 200_000, LastUserId = 200_000 }, TimeProvider.System, log);
}
