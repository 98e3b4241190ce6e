using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Threads;
using SafeConsole.Transcripts;

namespace SafeConsole.Proxy.Tests.Support;

/// <summary>A proxy session behind a loopback listener, as if an agent passed on each accepted socket: one connection, one relay on threads of its own.</summary>
internal sealed class ProxyHost : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly RelayThreads threads = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Task<RelayEnd>> relays = [];
    private readonly Task accepting;
    private readonly ReplicaControls? controls;
    private PolicySnapshot snapshot;

    public ProxyHost(TargetPolicy policy, ICredentialSource credentials, Transcript? transcript = null, ProxyOptions? options = null, TimeProvider? time = null,
        ILogger<ProxySession>? log = null, bool byName = false)
    {
        snapshot = Support.Policy.Snapshot(policy);
        Recorded = transcript as RecordedTranscript ?? new RecordedTranscript();
        controls = byName ? null : new ReplicaControls(credentials, time ?? TimeProvider.System);
        Session = new ProxySession(
            "session", Support.Policy.Target, () => snapshot, new StatementJudge(), controls, credentials, transcript ?? Recorded, options ?? new ProxyOptions(), time ?? TimeProvider.System,
            log ?? NullLogger<ProxySession>.Instance);
        listener.Start();
        accepting = Task.Run(AcceptAsync); // not on the test's own context, which a blocking client may hold
    }

    public ProxySession Session { get; }

    /// <summary>The policy in force.</summary>
    public TargetPolicy Policy => snapshot.Targets[Support.Policy.Target];

    public RecordedTranscript Recorded { get; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>The relays so far, ended or not.</summary>
    public IReadOnlyCollection<Task<RelayEnd>> Relays => relays;

    /// <summary>Replaces the policy, as a reload does.</summary>
    public void Reload(TargetPolicy policy, string revision) => snapshot = Support.Policy.Snapshot(policy, revision);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting; // before the listener stops: an accept that begins after that is an error of the caller
        listener.Stop();
        await Session.DisposeAsync();
        await Task.WhenAll(relays);
        if (controls is not null)
        {
            await controls.DisposeAsync();
        }

        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                relays.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task<RelayEnd> ServeAsync(Socket client)
    {
        using (client)
        using (RelayThreadPair own = threads.TryTake() ?? throw new InvalidOperationException("All threads are taken."))
        {
            client.NoDelay = true;
            return await Session.RelayAsync(client, own, stopping.Token);
        }
    }
}
