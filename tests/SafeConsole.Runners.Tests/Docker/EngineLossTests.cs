using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>An engine that is killed, restarted, stopped or full, under a launcher that goes on with it.</summary>
public sealed class EngineLossTests : IAsyncLifetime
{
    private OwnEngine? engine;
    private LinkServer? server;
    private DockerLauncher? launcher;

    private OwnEngine Engine => engine!;

    private LinkServer Server => server!;

    private DockerLauncher Launcher => launcher!;

    public async Task InitializeAsync()
    {
        server = await LinkServer.StartAsync();
        engine = await OwnEngine.StartAsync();
        var options = new DockerOptions
        {
            EngineSocket = Engine.Socket, RuntimeDirectory = Server.RuntimeDirectory, Gateway = Server.RuntimeDirectory, EnginePatience = TimeSpan.FromSeconds(8),
        };
        launcher = TestEngine.NewLauncher(Server, options, OwnEngine.Image);
    }

    public async Task DisposeAsync()
    {
        Launcher.Dispose();
        await Server.DisposeAsync();
        await Engine.DisposeAsync();
    }

    [Fact]
    public async Task Engine_that_is_killed_and_comes_back_ends_its_runners_with_a_sentence_and_starts_new_ones()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await Engine.KillAsync();
        Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
        await Engine.RestartAsync();

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Equal("The Docker engine was stopped or restarted, and the runner ended with it.", repl.Runner.EndSentence);
        Assert.Empty(await Launcher.FindAsync(CancellationToken.None));
        await using var next = await Repl.BashAsync(Launcher, Server);
        Assert.Equal("here\r\n", await next.RunAsync("echo here"));
    }

    [Fact]
    public async Task Engine_that_is_killed_and_stays_away_loses_its_runners_whose_links_end_them()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await Engine.KillAsync();

        Assert.Null(await repl.Runner.Exited.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("The Docker engine is gone and did not come back, so the runner counts as lost.", repl.Runner.EndSentence);
        repl.Link.Dispose();
        Assert.True(await Deadline.BecomesTrueAsync(() => !ProcessesOf(repl.Runner.Id).Any(), Deadline.Usual));
        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));
        Assert.StartsWith("The Docker engine does not answer at ", failure.Message, StringComparison.Ordinal);

        await Engine.RestartAsync();
        var left = Assert.Single(await Launcher.FindAsync(CancellationToken.None));
        Assert.Equal(repl.Spec.Runner, left.Runner);
        Assert.False(await Launcher.StopAsync(left, CancellationToken.None));
        Assert.Empty(await Launcher.FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Engine_that_is_stopped_takes_its_runners_with_it()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await Engine.StopAsync();

        await repl.Runner.Exited.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotNull(repl.Runner.EndSentence);
        Assert.Matches("Docker engine", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Engine_whose_disk_is_full_says_so_and_starts_runners_again_when_it_is_not()
    {
        var filler = Path.Combine(Engine.Folder, "filler");
        Assert.True(await FillAsync(filler));

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.StartsWith("The Docker engine has no space left on its disk, so the runner could not be started; ", failure.Message, StringComparison.Ordinal);
        File.Delete(filler);
        Assert.Empty(await Launcher.FindAsync(CancellationToken.None));
        await using var next = await Repl.BashAsync(Launcher, Server);
        Assert.Equal("here\r\n", await next.RunAsync("echo here"));
    }

    /// <summary>Writes until nothing more goes in.</summary>
    private static async Task<bool> FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1);
        try
        {
            for (var block = new byte[4096]; file.Length < 1 << 30;)
                await file.WriteAsync(block);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static IEnumerable<string> ProcessesOf(string container) => Directory.EnumerateDirectories("/proc").Where(folder =>
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), out _) && File.ReadAllText(Path.Combine(folder, "cgroup")).Contains(container, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
