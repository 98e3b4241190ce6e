using SafeConsole.Runners.Tests.Sandbox;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>A process that launches a sandbox, prints its process number on the host, and waits to be killed.</summary>
internal static class DoomedGateway
{
    public static async Task<int> RunAsync()
    {
        var server = await LinkServer.StartAsync();
        var launcher = SandboxContractTests.NewLauncher(server);
        var repl = await Repl.BashAsync(launcher, server);
        await repl.TypeAsync("setsid sleep 1000 & trap '' HUP TERM\n");
        await repl.SeeAsync("\n");
        Console.WriteLine(repl.Runner.Id);
        Console.WriteLine(server.RuntimeDirectory);
        await Task.Delay(Timeout.InfiniteTimeSpan);
        return 0;
    }
}
