using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Sandbox;

/// <summary>The runner contract where another program is PID 1 and the agent its child, as in a container with an init of its own.</summary>
public sealed class SandboxWithInitContractTests : RunnerDatabaseContract
{
    private const string Script = """
        #!/bin/bash
        for argument; do [[ $argument == --as-pid-1 ]] || arguments+=("$argument"); done
        exec /usr/bin/bwrap "${arguments[@]}"
        """;

    internal override IRunnerLauncher CreateLauncher(LinkServer server)
    {
        var bubblewrap = Path.Combine(server.RuntimeDirectory, "bwrap");
        File.WriteAllText(bubblewrap, Script);
        File.SetUnixFileMode(bubblewrap, (UnixFileMode)0b111_101_101);
        var options = new SandboxOptions { RuntimeDirectory = server.RuntimeDirectory, AgentPath = Agent.Path, BubblewrapPath = bubblewrap };
        return new SandboxLauncher(options, TimeProvider.System, NullLogger<SandboxLauncher>.Instance);
    }
}
