using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>Nothing is left of a container, however it ends; and who ended it is said.</summary>
public sealed class DockerEndingTests : DockerTests
{
    [Theory]
    [InlineData("setsid sleep 1000 &")]
    [InlineData("(trap '' TERM HUP INT QUIT; while :; do sleep 0.1; done) &")]
    [InlineData("python3 -c 'import os; os.fork() or os.setsid() or os.fork() or os.execlp(\"sleep\", \"sleep\", \"1000\")'")]
    public async Task Stop_leaves_no_container_whatever_was_done_to_stay(string daemon)
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        await repl.RunAsync(daemon.TrimEnd('&') + (daemon.EndsWith('&') ? "& :" : ""));

        await repl.Runner.StopAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("", await ContainersAsync());
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Server.RuntimeDirectory, "docker")));
        Assert.Null(repl.Runner.EndSentence);
    }

    [Fact]
    public async Task Container_that_is_killed_on_the_engine_ends_the_runner_with_a_sentence()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await TestEngine.DockerAsync("kill", repl.Runner.Id);

        Assert.Equal(137, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
        Assert.Equal("The runner was killed on the Docker engine, by signal 9.", repl.Runner.EndSentence);
        Assert.Equal("", await ContainersAsync());
    }

    [Fact]
    public async Task Agent_that_dies_ends_the_runner_with_a_sentence()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);
        var agent = (await InspectAsync(repl.Runner.Id)).GetProperty("State").GetProperty("Pid").GetInt32();

        using (var process = System.Diagnostics.Process.GetProcessById(agent))
            process.Kill();

        Assert.Equal(137, await repl.Runner.Exited.WaitAsync(Deadline.Usual));
        Assert.Equal("The runner was ended by signal 9.", repl.Runner.EndSentence);
    }

    [Fact]
    public async Task What_the_agent_said_before_is_no_reason_for_an_end_that_is_not_its_own()
    {
        var image = await TestEngine.BuildWithAgentAsync("got-over-it", "echo running; echo this was got over >&2; exit 5");
        using var launcher = TestEngine.NewLauncher(Server, image: image);

        await using var runner = await launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None);

        Assert.Equal(5, await runner.Exited.WaitAsync(Deadline.Usual));
        Assert.Null(runner.EndSentence);
    }

    [Fact]
    public async Task Container_that_is_removed_on_the_engine_ends_the_runner_with_a_sentence()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await TestEngine.DockerAsync("rm", "--force", "--volumes", repl.Runner.Id);

        await repl.Runner.Exited.WaitAsync(Deadline.Usual);
        Assert.Matches("^The runner's container was removed on the Docker engine\\.$|^The runner was killed on the Docker engine, by signal 9\\.$", repl.Runner.EndSentence);
        Assert.Equal("", await ContainersAsync());
    }

    [Fact]
    public async Task Somebody_who_looks_in_by_the_engine_is_in_the_runner_s_log()
    {
        await using var repl = await Repl.BashAsync(Launcher, Server);

        await TestEngine.DockerAsync("exec", repl.Runner.Id, "true");

        await foreach (var batch in repl.Spec.Log.FollowAsync(CancellationToken.None))
        {
            if (batch.Any(line => line is { Source: "engine", Text: "somebody ran a command in the container by the engine: true" }))
                break;
        }
    }

    [Fact]
    public async Task Launcher_that_is_disposed_ends_its_runners()
    {
        await using var one = await Repl.BashAsync(Launcher, Server);
        await using var two = await Repl.BashAsync(Launcher, Server);

        Launcher.Dispose();

        await Task.WhenAll(one.Runner.Exited, two.Runner.Exited).WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("", await ContainersAsync());
    }

    [Fact]
    public async Task Gigabyte_from_the_agent_itself_fills_neither_the_log_nor_the_engine_s_disk()
    {
        var image = await TestEngine.BuildWithAgentAsync("flood", "echo running; head -c 1073741824 /dev/zero; yes flood | head -c 200000000; echo enough >&2; exit 70");
        using var launcher = TestEngine.NewLauncher(Server, image: image);
        var spec = Server.NewSpec();

        await using var runner = await launcher.LaunchAsync(spec, NoProgress.Instance, CancellationToken.None);
        var root = await TestEngine.DockerAsync("info", "--format", "{{.DockerRootDir}}");
        var kept = Directory.EnumerateFiles(Path.Combine(root, "containers", runner.Id), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);

        Assert.Equal(70, await runner.Exited.WaitAsync(TimeSpan.FromMinutes(3)));
        Assert.Equal("enough", runner.EndSentence);
        Assert.InRange(kept, 1, 100_000);
        spec.Log.Complete();
        var lines = 0;
        await foreach (var batch in spec.Log.FollowAsync(CancellationToken.None))
            lines += batch.Count;
        Assert.InRange(lines, 2, RunnerLog.Kept);
    }

    [Fact]
    public async Task What_an_image_brings_along_opens_no_wall()
    {
        var image = await TestEngine.BuildAsync("baggage", "VOLUME /data", "HEALTHCHECK --interval=1s CMD touch /tmp/healthy", "STOPSIGNAL SIGCONT", "ENTRYPOINT [\"/bin/false\"]", "CMD [\"--and\", \"arguments\"]", "ENV LANG=tlh");
        using var launcher = TestEngine.NewLauncher(Server, image: image);
        await using var repl = await Repl.BashAsync(launcher, Server);

        Assert.Contains("Read-only", await repl.RunAsync("echo x > /data/x"), StringComparison.Ordinal);
        var container = await InspectAsync(repl.Runner.Id);
        // None of the image's is a folder of the host's disk; the launcher's own one is no folder.
        Assert.Equal(["/dev/pts"], container.GetProperty("Mounts").EnumerateArray().Where(IsVolume).Select(mount => mount.GetProperty("Destination").GetString()));
        Assert.False(container.GetProperty("State").TryGetProperty("Health", out _));
        Assert.NotEqual("uid=0", (await repl.RunAsync("id"))[..5]);

        static bool IsVolume(System.Text.Json.JsonElement mount) => mount.GetProperty("Type").GetString() == "volume";
    }
}
