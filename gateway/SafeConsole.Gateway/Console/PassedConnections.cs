using System.Net.Sockets;
using SafeConsole.Proxy.Threads;
using SafeConsole.Runners.Sockets;

namespace SafeConsole.Gateway.Console;

/// <summary>Serves database connections whose client's own socket an agent passed on, so that no byte of them goes through the agent.</summary>
public sealed class PassedConnections(ConsoleSessions sessions, RelayThreads threads, LinkRefusals refusals)
{
    /// <summary>Answers the agent, closes its link, and serves what came by it until the database connection is over. Never throws for what the agent or the client did.</summary>
    public async Task ServeAsync(Socket link, SocketPeer peer)
    {
        using var _ = link;
        using var passed = PassedSocket.TryReceive(link);
        if (passed is null || sessions.FindByKey(passed.Key) is not { Database: { } database } session)
        {
            passed?.Dispose();
            await refusals.HoldAsync(peer.ToString(), passed is null ? "it passes no socket of a database client" : "its key belongs to no living session");
            Answer(link, PassedSocket.Refused);
            return;
        }

        using var own = threads.TryTake();
        Answer(link, own is null ? PassedSocket.Busy : PassedSocket.Accepted);
        link.Dispose();
        if (own is not null)
            await session.CarryAsync(cancellationToken => database.RelayAsync(passed.Socket, own, cancellationToken));
    }

    private static void Answer(Socket link, byte answer)
    {
        try
        {
            link.Send([answer]);
        }
        catch (SocketException)
        {
            // The agent gave up; the client's socket says the same.
        }
    }
}
