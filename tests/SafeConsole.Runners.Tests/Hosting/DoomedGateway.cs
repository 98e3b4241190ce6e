using SafeConsole.Runners.Tests.Docker;
using SafeConsole.Runners.Tests.Sandbox;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A process that launches a runner, a container where it is told `docker`, prints its id and its own folder, and waits to be killed.</summary>
internal static class DoomedGateway
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var server = await LinkServer.StartAsync();
        IRunnerLauncher launcher = arguments is ["docker"] ? TestEngine.NewLauncher(server) : SandboxContractTests.NewLauncher(server);
        var repl = await Repl.BashAsync(launcher, server);
        await repl.TypeAsync("setsid sleep 1000 & trap '' HUP TERM\n");
        await repl.SeeAsync("\n");
        Console.WriteLine(repl.Runner.Id);
        Console.WriteLine(server.RuntimeDirectory);
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }
}
