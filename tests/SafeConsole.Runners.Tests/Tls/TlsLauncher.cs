using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using SafeConsole.Runners.Processes;
using SafeConsole.Runners.Sandbox;
using SafeConsole.Runners.Tests.Hosting;

namespace SafeConsole.Runners.Tests.Tls;

/// <summary>
/// Starts runners as ECS's look to their agents: the gateway is an https address, and nothing else can be reached. The network is a namespace of its own, whose loopback leads to
/// the test's socket; the walls are the sandbox's.
/// </summary>
internal sealed class TlsLauncher(LinkServer server, string? authority, string gateway) : IRunnerLauncher, IDisposable
{
    public const int Port = 8444;

    // It dies with the thread that started it, so that must be one that stays.
    private readonly SpawnThread spawn = new();
    private readonly ConcurrentDictionary<string, TlsRunner> running = new(StringComparer.Ordinal);

    public string Name => "tls";

    public async Task<IRunner> LaunchAsync(RunnerSpec spec, ILaunchProgress progress, CancellationToken cancellationToken)
    {
        var options = Sandbox.SandboxContractTests.OptionsFor(server);
        var inner = BubblewrapArguments.For(SandboxFiles.Prepare(options, forOtherUsers: false), options, spec).ToList();
        // All is unshared but the network that the outer one made.
        inner.Insert(inner.IndexOf("--unshare-all") + 1, "--share-net");
        var start = new ProcessStartInfo(options.BubblewrapPath,
        [
            "--unshare-net", "--cap-add", "CAP_NET_ADMIN", "--dev-bind", "/", "/", "--die-with-parent", "--",
            "/usr/bin/python3", Script(), $"{Port}", options.LinkSocket, options.BubblewrapPath, .. inner,
        ])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/bin:/bin";
        start.Environment["SAFECONSOLE_GATEWAY"] = gateway;
        start.Environment["SAFECONSOLE_TICKET"] = spec.Ticket.Secret;
        if (authority is not null)
            start.Environment["SAFECONSOLE_GATEWAY_CA"] = authority;
        return running[spec.Runner] = new TlsRunner(await spawn.StartAsync(start), spec.Log);
    }

    public Task<IReadOnlyList<FoundRunner>> FindAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<FoundRunner>>(
        [.. running.Where(pair => !pair.Value.Exited.IsCompleted).Select(pair => new FoundRunner(pair.Key, pair.Value.Id))]);

    public async Task<bool> StopAsync(FoundRunner found, CancellationToken cancellationToken)
    {
        var runner = running[found.Runner];
        var wasAlive = !runner.Exited.IsCompleted;
        await runner.StopAsync(cancellationToken);
        return wasAlive;
    }

    public void Dispose() => spawn.Dispose();

    private static string Script([CallerFilePath] string source = "") => Path.Combine(Path.GetDirectoryName(source)!, "namespace.py");
}
