using System.Text.Json;
using SafeConsole.Runners.Docker;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>A gateway's link and its Docker launcher, for one test.</summary>
public abstract class DockerTests : LauncherTests<DockerLauncher>
{
    internal override DockerLauncher CreateLauncher(LinkServer server) => TestEngine.NewLauncher(server);

    /// <summary>What the engine says of a container.</summary>
    internal static async Task<JsonElement> InspectAsync(string container) =>
        JsonDocument.Parse(await TestEngine.DockerAsync("inspect", container)).RootElement[0];

    /// <summary>The containers that bear the label of this test's gateway, in whatever state.</summary>
    internal Task<string> ContainersAsync() => TestEngine.DockerAsync("ps", "--all", "--quiet", "--no-trunc", "--filter", "label=safeconsole.gateway=" + Server.RuntimeDirectory);

    /// <summary>Launches and returns the sentence with which it failed; nothing is left then.</summary>
    internal async Task<string> FailAsync(string image, DockerOptions? options = null, RunnerSpec? spec = null)
    {
        using var broken = TestEngine.NewLauncher(Server, options, image);
        var failure = await Assert.ThrowsAsync<RunnerLaunchException>(() => broken.LaunchAsync(spec ?? Server.NewSpec(), NoProgress.Instance, CancellationToken.None));
        Assert.Equal("", await ContainersAsync());
        return failure.Message;
    }
}
