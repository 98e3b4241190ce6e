using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>A launch that fails says why in one sentence, leaves no container, and costs no user id.</summary>
public sealed class DockerFailureTests : DockerTests
{
    [Fact]
    public async Task Image_that_is_not_there_and_cannot_be_pulled_is_a_sentence()
    {
        // Nothing listens on port 1, and addresses of the loopback are registries without TLS.
        var spec = Server.NewSpec() with { Shape = new RunnerShape("tests", LinkServer.Limits, "127.0.0.1:1/absent:dev") };

        var sentence = await FailAsync("unused", spec: spec);

        Assert.StartsWith("image 127.0.0.1:1/absent:dev not found on the Docker engine, and pulling it failed; pull or build it, or correct repl.image in the policy: ", sentence, StringComparison.Ordinal);
        Assert.Contains("refused", sentence, StringComparison.Ordinal);
        Assert.Equal("image 127.0.0.1:1/absent:dev is not on the engine; pulling it", (await spec.Log.LinesAsync())[^1]);
        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => Launcher.CurrentImageAsync(spec.Shape, CancellationToken.None));
        Assert.Equal("image 127.0.0.1:1/absent:dev not found on the Docker engine; pull or build it, or correct repl.image in the policy.", failure.Message);
    }

    [Fact]
    public async Task Policy_without_an_image_is_a_sentence() => Assert.Equal(
        "The policy of tests says launcher: docker and names no image; set repl.image.",
        await FailAsync("unused", spec: Server.NewSpec() with { Shape = new RunnerShape("tests", LinkServer.Limits) }));

    [Fact]
    public async Task Image_without_an_agent_is_a_sentence()
    {
        var image = await TestEngine.BuildAsync("no-agent", "RUN rm " + ContainerSettings.Agent);

        Assert.Equal($"The image {image} has no agent at /usr/local/bin/safeconsole-agent; runner-image/README.md says how an image gets one.", await FailAsync(image));
    }

    [Fact]
    public async Task Agent_that_is_no_program_is_a_sentence()
    {
        var image = await TestEngine.BuildAsync("text-agent", $"RUN chmod 644 {ContainerSettings.Agent}");

        Assert.StartsWith($"The agent of the image {image} could not be started; /usr/local/bin/safeconsole-agent must be the executable", await FailAsync(image), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_that_ends_at_once_is_a_sentence_with_what_it_said()
    {
        var image = await TestEngine.BuildWithAgentAsync("crash", "echo out of luck >&2; exit 3");

        Assert.Equal("The runner's container ended before its agent ran: out of luck", await FailAsync(image));
    }

    [Fact]
    public async Task Agent_that_does_not_come_to_run_is_waited_for_so_long_and_no_longer()
    {
        var image = await TestEngine.BuildWithAgentAsync("slow", "exec sleep 1000");
        var options = new DockerOptions
        {
            EngineSocket = TestEngine.Socket, RuntimeDirectory = Server.RuntimeDirectory, Gateway = Server.RuntimeDirectory, LaunchTimeout = TimeSpan.FromSeconds(4),
        };

        Assert.Equal("The runner's container started, but its agent did not run within 4 s.", await FailAsync(image, options));
    }

    [Fact]
    public async Task Failed_launches_cost_no_user_id()
    {
        var image = await TestEngine.BuildWithAgentAsync("crash", "echo out of luck >&2; exit 3");
        using var launcher = new DockerLauncher(TestEngine.OptionsFor(Server), new UserIds(299_999, 299_999), TimeProvider.System, new HeardLog<DockerLauncher>());
        foreach (var failing in new[] { image, image, "127.0.0.1:1/absent:dev" })
        {
            Server.ShapeOf = limits => new RunnerShape("tests", limits, failing);
            await Assert.ThrowsAsync<RunnerLaunchException>(() => launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));
        }
        Server.ShapeOf = limits => new RunnerShape("tests", limits, TestEngine.Image);

        await using (var repl = await Repl.BashAsync(launcher, Server))
        {
            Assert.Equal("299999\r\n", await repl.RunAsync("id -u"));
            var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));
            Assert.StartsWith("All user ids for runners are in use", failure.Message, StringComparison.Ordinal);
        }

        await using var next = await Repl.BashAsync(launcher, Server);
        Assert.Equal("here\r\n", await next.RunAsync("echo here"));
    }

    [Theory]
    [InlineData("/nowhere/docker.sock")]
    [InlineData("deserted")]
    public async Task Engine_that_is_not_there_is_a_sentence(string socket)
    {
        if (socket == "deserted")
        {
            socket = Path.Combine(Server.RuntimeDirectory, "deserted.sock");
            using var deserted = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            deserted.Bind(new UnixDomainSocketEndPoint(socket));
        }
        using var broken = TestEngine.NewLauncher(Server, TestEngine.OptionsFor(Server, socket));

        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None));

        Assert.Equal($"The Docker engine does not answer at {socket}; start it, or correct the engine's socket in the gateway's configuration.", failure.Message);
        await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.FindAsync(CancellationToken.None));
    }

    [Fact]
    public void Engine_that_the_gateway_may_not_use_is_a_sentence()
    {
        var refused = new HttpRequestException("Connection failed.", new SocketException((int)SocketError.AccessDenied));

        Assert.Equal(
            "The gateway may not use the Docker engine at /var/run/docker.sock: permission denied; its user must be in the group that the socket belongs to.",
            EngineFailure.Explain(refused, new DockerOptions { EngineSocket = "/var/run/docker.sock", RuntimeDirectory = "/run", Gateway = "one" }).Message);
    }

    [Theory]
    [InlineData("""{"message":"Conflict. The name is in use."}""", "The Docker engine could not start the runner: Conflict. The name is in use.")]
    [InlineData("<html>", "The Docker engine could not start the runner: it answered with status 500.")]
    [InlineData("null", "The Docker engine could not start the runner: it answered with status 500.")]
    public void Engine_s_own_words_are_in_the_sentence(string body, string sentence) => Assert.Equal(
        sentence,
        EngineFailure.Explain(new DockerApiException(HttpStatusCode.InternalServerError, body), TestEngine.OptionsFor(Server)).Message);

    [Fact]
    public async Task Cancelled_launch_leaves_nothing()
    {
        // Each is cancelled at another moment of the way; a launch takes about 300 ms.
        for (var launch = 0; launch < 25; launch++)
        {
            using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(launch * 15));
            try
            {
                await using var runner = await Launcher.LaunchAsync(Server.NewSpec(), NoProgress.Instance, cancelled.Token);
            }
            catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
            {
                // As it should be; a fast one may have been there first.
            }
            Assert.Equal("", await ContainersAsync());
        }
    }

    [Fact]
    public async Task Launcher_that_is_disposed_in_the_middle_of_a_launch_leaves_nothing()
    {
        for (var launch = 0; launch < 8; launch++)
        {
            var shortLived = TestEngine.NewLauncher(Server);
            var launching = shortLived.LaunchAsync(Server.NewSpec(), NoProgress.Instance, CancellationToken.None);
            await Task.WhenAny(launching, Task.Delay(launch * 40));
            shortLived.Dispose();
            try
            {
                await (await launching).Exited.WaitAsync(Deadline.Usual);
            }
            catch (RunnerLaunchException)
            {
                // As it should be; a fast one may have been there first.
            }
            Assert.Equal("", await ContainersAsync());
        }
    }
}
