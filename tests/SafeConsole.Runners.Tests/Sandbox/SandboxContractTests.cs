using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>The runner contract, on real bubblewrap.</summary>
public sealed class SandboxContractTests : RunnerDatabaseContract
{
    internal static SandboxOptions OptionsFor(LinkServer server) => new() { RuntimeDirectory = server.RuntimeDirectory, AgentPath = Agent.Path };

    internal static SandboxLauncher NewLauncher(LinkServer server) => new(OptionsFor(server), TimeProvider.System, NullLogger<SandboxLauncher>.Instance);

    internal override IRunnerLauncher CreateLauncher(LinkServer server) => NewLauncher(server);
}
