using SafeConsole.Testing;

namespace SafeConsole.Bench;

/// <summary>Without SafeConsole: the same command on this machine, with the niceness of a runner, in a folder of its own.</summary>
public sealed class HostWay(params (string Name, string Value)[] environment) : IWay, IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <inheritdoc/>
    public async Task<string> RunAsync(string command, TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        var settings = environment.Select(setting => $"{setting.Name}={setting.Value}");
        return (await FinishedProcess.RunAsync("env", ["-C", folder.Location, .. settings, "nice", "-n", "10", "bash", "-c", command], patience.Token)).OrThrow().Output;
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();
}
