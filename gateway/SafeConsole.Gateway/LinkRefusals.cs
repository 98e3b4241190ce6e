using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Launching;
using SafeConsole.Runners.Sockets;

namespace SafeConsole.Gateway;

/// <summary>
/// What refused links cost: each is held for half a second before it is answered, and of each peer there is one line a minute in the log. A link has one answer and its places are bounded,
/// so a peer gets no more than its places' worth of refusals in that time, however it asks.
/// </summary>
public sealed class LinkRefusals(TimeProvider time, ILogger<LinkArrival> log)
{
    /// <summary>How long a refused link waits for its answer.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the log has a line about one peer.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Addresses on a network can be many; the rest of them share one line.
    private const int MostPeers = 1000;
    private const string Others = "others";

    private readonly Lock gate = new();
    private readonly Dictionary<string, int> uncounted = [];

    /// <summary>Whose link a request is: a user's of this host, or an address'.</summary>
    public static string PeerOf(HttpContext context) => context.Features.Get<SocketPeer>()?.ToString() ?? $"address {context.Connection.RemoteIpAddress}";

    /// <summary>Completes when the link of <paramref name="peer"/> may be told that it is refused.</summary>
    public Task HoldAsync(string peer, string why)
    {
        if (IsFirst(ref peer))
        {
            ConsoleLog.LinkRefused(log, peer, why);
            _ = CountAsync(peer);
        }
        return Task.Delay(Pace, time);
    }

    private bool IsFirst(ref string peer)
    {
        lock (gate)
        {
            if (uncounted.Count >= MostPeers && !uncounted.ContainsKey(peer))
                peer = Others;
            if (uncounted.TryAdd(peer, 0))
                return true;
            uncounted[peer]++;
            return false;
        }
    }

    private async Task CountAsync(string peer)
    {
        for (var count = 1; count > 0;)
        {
            await Task.Delay(Window, time);
            lock (gate)
            {
                count = uncounted[peer];
                uncounted[peer] = 0;
                if (count == 0)
                    uncounted.Remove(peer);
            }
            if (count > 0)
                ConsoleLog.LinksRefused(log, count, peer);
        }
    }
}
