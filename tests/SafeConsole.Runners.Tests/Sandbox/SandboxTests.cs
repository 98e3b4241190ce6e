using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>A gateway's link and its sandbox launcher, for one test.</summary>
public abstract class SandboxTests : LauncherTests<SandboxLauncher>
{
    internal override SandboxLauncher CreateLauncher(LinkServer server) => SandboxContractTests.NewLauncher(server);
}
