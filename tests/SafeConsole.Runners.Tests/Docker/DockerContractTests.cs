using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Docker;

/// <summary>The runner contract, on a real Docker engine.</summary>
public sealed class DockerContractTests : RunnerDatabaseContract
{
    internal override IRunnerLauncher CreateLauncher(LinkServer server) => TestEngine.NewLauncher(server);
}
