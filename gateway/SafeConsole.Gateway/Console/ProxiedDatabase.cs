using System.Collections.Concurrent;
using System.Net.Sockets;
using SafeConsole.Proxy;
using SafeConsole.Proxy.Threads;

namespace SafeConsole.Gateway.Console;

/// <summary>The proxy of one session. Disposing it waits for its connections to end, so that their ends are on record before the session's.</summary>
public sealed class ProxiedDatabase(ProxySession proxy, TimeProvider time) : ISessionDatabase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<Task, bool> relays = [];

    /// <inheritdoc/>
    public bool IsBusy => proxy.IsBusy;

    /// <inheritdoc/>
    public Task<string> Tripped => proxy.Tripped;

    /// <inheritdoc/>
    public Task<PinProof> ProveAsync(CancellationToken cancellationToken) => proxy.ProveAsync(cancellationToken);

    /// <inheritdoc/>
    public Task RelayAsync(Stream client, CancellationToken cancellationToken) => TrackAsync(proxy.RelayAsync(client, cancellationToken));

    /// <inheritdoc/>
    public Task RelayAsync(Socket client, RelayThreadPair threads, CancellationToken cancellationToken) => TrackAsync(proxy.RelayAsync(client, threads, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await Task.WhenAny(Task.WhenAll(relays.Keys), Task.Delay(Patience, time));
    }

    private async Task TrackAsync(Task relay)
    {
        relays[relay] = true;
        try
        {
            await relay;
        }
        finally
        {
            relays.TryRemove(relay, out _);
        }
    }
}
