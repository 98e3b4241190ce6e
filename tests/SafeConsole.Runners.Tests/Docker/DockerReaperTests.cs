using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>What a gateway left behind is found by the next one of its name, and by no other.</summary>
public sealed class DockerReaperTests : DockerTests
{
    [Fact]
    public async Task Container_of_a_killed_gateway_ends_itself_and_the_next_gateway_removes_what_is_left()
    {
        var (runner, folder) = await DoomAsync(_ => Task.CompletedTask);
        await TestEngine.DockerAsync("wait", runner);
        using var next = NewGateway(folder);
        var left = Assert.Single(await next.FindAsync(CancellationToken.None));
        Assert.Equal(runner, left.Id);

        Assert.Empty(await ReapAsync(next));

        Assert.Empty(await next.FindAsync(CancellationToken.None));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Container_of_a_killed_gateway_that_cannot_end_itself_is_ended_by_the_next()
    {
        // Its agent does not get to notice that the link is gone.
        var (runner, folder) = await DoomAsync(container => TestEngine.DockerAsync("pause", container));
        using var another = NewGateway(folder + "-another");
        Assert.Empty(await ReapAsync(another));
        using var next = NewGateway(folder);
        var left = Assert.Single(await next.FindAsync(CancellationToken.None));

        Assert.Equal([left.Runner], await ReapAsync(next));

        Assert.Empty(await next.FindAsync(CancellationToken.None));
        Assert.DoesNotContain(runner, await TestEngine.DockerAsync("ps", "--all", "--quiet", "--no-trunc"), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Container_that_was_created_and_never_started_is_removed_and_does_not_count_as_ended()
    {
        var lost = $"lost-{Guid.NewGuid():N}";
        await CreateAsync(Server.RuntimeDirectory, "safeconsole-" + lost, lost);
        Assert.Equal(lost, Assert.Single(await Launcher.FindAsync(CancellationToken.None)).Runner);

        Assert.Empty(await ReapAsync(Launcher, lost));
        Assert.NotEqual("", await ContainersAsync());
        Assert.Empty(await ReapAsync(Launcher));

        Assert.Equal("", await ContainersAsync());
    }

    [Fact]
    public async Task Container_that_only_bears_the_labels_as_one_of_an_image_would_is_left_alone()
    {
        var name = $"somebody-{Guid.NewGuid():N}";
        await CreateAsync(Server.RuntimeDirectory, name, "lost");

        Assert.Empty(await Launcher.FindAsync(CancellationToken.None));

        await TestEngine.DockerAsync("rm", name);
    }

    [Fact]
    public async Task Container_of_another_gateway_is_left_alone()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        using var another = NewGateway(Server.RuntimeDirectory + "-another");

        Assert.Empty(await ReapAsync(another));

        Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
    }

    [Fact]
    public async Task Gateways_that_live_side_by_side_under_one_name_leave_each_other_s_runners_alone()
    {
        await using var other = await LinkServer.StartAsync();
        using var launcher = new DockerLauncher(
            new DockerOptions { EngineSocket = TestEngine.Socket, RuntimeDirectory = other.RuntimeDirectory, Gateway = Server.RuntimeDirectory },
            new UserIds(299_000, 299_100), TimeProvider.System, NullLogger<DockerLauncher>.Instance);
        await using var repl = await Repl.BashAsync(Launcher, Server);

        Assert.Empty(await ReapAsync(launcher));

        Assert.Equal("here\r\n", await repl.RunAsync("echo here"));
        Assert.Equal(repl.Runner.Id, Assert.Single(await Launcher.FindAsync(CancellationToken.None)).Id);
        // A folder that nobody serves any more is no living gateway's.
        File.Move(Path.Combine(Server.RuntimeDirectory, "link.sock"), Path.Combine(Server.RuntimeDirectory, "gone.sock"));
        Assert.Equal([repl.Spec.Runner], await ReapAsync(launcher));
    }

    [Fact]
    public async Task Files_of_a_killed_gateway_s_runners_are_removed_with_them_and_those_of_living_runners_stay()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        var files = Path.Combine(Server.RuntimeDirectory, "docker");
        var lost = $"lost-{Guid.NewGuid():N}";
        await CreateAsync(Server.RuntimeDirectory, "safeconsole-" + lost, lost);
        Directory.CreateDirectory(Path.Combine(files, lost));
        Directory.CreateDirectory(Path.Combine(files, "200123"));

        await Launcher.FindAsync(CancellationToken.None);
        Assert.Equal([lost, repl.Spec.Runner], Names());
        await ReapAsync(Launcher, repl.Spec.Runner);

        Assert.Equal([repl.Spec.Runner], Names());

        IEnumerable<string?> Names() => Directory.EnumerateDirectories(files).Select(Path.GetFileName).Order(StringComparer.Ordinal).OrderBy(name => name == repl.Spec.Runner);
    }

    /// <summary>A gateway in a process of its own, killed once its runner runs; the runner's container, and the gateway's folder.</summary>
    private static Task<string> CreateAsync(string gateway, string name, string runner) => TestEngine.DockerAsync(
        "create", "--name", name, "--label", "safeconsole.gateway=" + gateway, "--label", "safeconsole.runner=" + runner, TestEngine.Image);

    private static async Task<(string Container, string Folder)> DoomAsync(Func<string, Task> beforeTheEnd)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DoomedGateway).Assembly.Location, "docker"]) { RedirectStandardOutput = true };
        using var gateway = Process.Start(start)!;
        var container = (await gateway.StandardOutput.ReadLineAsync().WaitAsync(Deadline.Usual))!;
        var folder = (await gateway.StandardOutput.ReadLineAsync())!;
        await beforeTheEnd(container);
        gateway.Kill();
        await gateway.WaitForExitAsync().WaitAsync(Deadline.Usual);
        return (container, folder);
    }

    private static DockerLauncher NewGateway(string folder) => new(
        new DockerOptions { EngineSocket = TestEngine.Socket, RuntimeDirectory = folder, Gateway = folder },
        new UserIds(299_000, 299_100), TimeProvider.System, NullLogger<DockerLauncher>.Instance);

    private static Task<IReadOnlyList<string>> ReapAsync(DockerLauncher launcher, params string[] owned) =>
        new RunnerReaper([launcher], NullLogger<RunnerReaper>.Instance).ReapAsync(owned.Contains, CancellationToken.None);
}
