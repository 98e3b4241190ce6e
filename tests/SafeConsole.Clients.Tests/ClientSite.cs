using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using SafeConsole.Scripting;
using SafeConsole.Testing;

namespace SafeConsole.Clients.Tests;

/// <summary>Primary, hot standby and gateway, once for all clients. Every client runs once, when a test first asks for it.</summary>
public sealed class ClientSite : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ClientRun>>> runs = new();
    private ClientFiles files = null!;
    private PostgresCluster cluster = null!;
    private RunningGateway gateway = null!;

    /// <summary>A script's way into the gateway, as a developer.</summary>
    public ConsoleClient Script { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        files = ClientFiles.Prepare();
        cluster = await PostgresCluster.StartAsync(PostgresCluster.RecipesFile);
        var target = new ClientTarget(files);
        gateway = await RunningGateway.StartAsync(cluster, (ClientTarget.Name, target.Offer), target.Settings);
        Script = await ConsoleClient.DeveloperAsync(gateway.Address);
    }

    /// <summary>What the client's script printed.</summary>
    public Task<ClientRun> RunAsync(string client) =>
        runs.GetOrAdd(client, name => new Lazy<Task<ClientRun>>(() => StartAsync(ClientStart.All.Single(start => start.Name == name)))).Value;

    public async Task DisposeAsync()
    {
        if (Script is not null)
        {
            await Script.DisposeAsync();
        }
        if (gateway is not null)
        {
            await gateway.DisposeAsync();
        }
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
        files?.Dispose();
    }

    private async Task<ClientRun> StartAsync(ClientStart start)
    {
        Task answering;
        string screen;
        await using (var session = await Script.OpenAsync(ClientTarget.Name, start.Name, "REC-123 reads as on any day"))
        {
            answering = AnswerAsync(session);
            await TalkAsync(session, start);
            screen = session.Screen;
        }
        await answering;
        var log = RepositoryRoot.At(".artifacts", "test-logs", "clients", start.Name + ".txt");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await File.WriteAllTextAsync(log, screen);
        return new ClientRun(screen);
    }

    private async Task TalkAsync(OpenedSession session, ClientStart start)
    {
        try
        {
            if (start.Prompt is { } prompt)
            {
                await session.ShowsAsync(prompt, within: TimeSpan.FromMinutes(1));
                await session.TypeAsync(files.Inside(start.Line!) + "\r");
            }
            await session.ShowsAsync("\nfinished\r", within: TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException)
        {
            // What was printed says more than that the end is missing.
        }
    }

    /// <summary>Says where the cursor is whenever a client asks, as every terminal does: Ruby's line editor waits for it.</summary>
    private static async Task AnswerAsync(OpenedSession session)
    {
        const string question = "\u001b[6n";
        try
        {
            for (var from = 0; ; from = session.Screen.IndexOf(question, from, StringComparison.Ordinal) + question.Length)
            {
                await session.ShowsAsync(question, from, within: TimeSpan.FromMinutes(5));
                await session.TypeAsync("\u001b[1;1R");
            }
        }
        catch (Exception ended) when (ended is TimeoutException or HubException)
        {
            // The session is over, and nobody asks any more.
        }
    }
}
