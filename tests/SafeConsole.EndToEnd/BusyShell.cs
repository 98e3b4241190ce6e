using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.EndToEnd;

/// <summary>A shell session with a process in it that the test can find from outside.</summary>
internal sealed class BusyShell : IAsyncDisposable
{
    private readonly ConsoleClient client;
    private readonly string marker = $"31{Random.Shared.Next(100_000, 999_999)}";

    private BusyShell(ConsoleClient client, OpenedSession session) => (this.client, Session) = (client, session);

    /// <summary>The session.</summary>
    public OpenedSession Session { get; }

    /// <summary>Opens the shell and starts a long sleep in the background, detached from the terminal.</summary>
    public static async Task<BusyShell> StartAsync(RunningGateway gateway)
    {
        var client = await ConsoleClient.DeveloperAsync(gateway.Address);
        var shell = new BusyShell(client, await client.OpenAsync("recipes-shell", "bash", "REC-3 endings"));
        await shell.Session.ShowsAsync("$");
        await shell.Session.AskAsync($"setsid nohup sleep {shell.marker} >/dev/null 2>&1 & echo started-$?", "started-0");
        // It comes to its sleep by way of setsid and nohup, and is somebody else's child meanwhile.
        await Eventually.HoldsAsync(() => HostProcesses.With($"sleep {shell.marker}") is [var only] && HostProcesses.Name(only) == "sleep", "the sleep runs");
        return shell;
    }

    /// <summary>The agent that runs this shell, as the machine sees it.</summary>
    public int Agent => HostProcesses.Ancestor(HostProcesses.With($"sleep {marker}")[0], "safeconsole-agent");

    /// <summary>Holds when every process of the session is gone within 2 s.</summary>
    public Task IsGoneAsync() => Eventually.HoldsAsync(() => HostProcesses.With($"sleep {marker}").Length == 0, "the runner's processes are gone", TimeSpan.FromSeconds(2));

    /// <summary>Waits for the end on record and returns its reason and sentence.</summary>
    public async Task<(string Reason, string Sentence)> EndAsync()
    {
        var end = await Session.RecordsAsync("session.ended");
        return (end.Text("reason")!, end.Text("sentence")!);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync();
        await client.DisposeAsync();
    }
}
