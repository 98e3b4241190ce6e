using Microsoft.AspNetCore.Connections;
using SafeConsole.Runners.Sockets;

namespace SafeConsole.Gateway;

/// <summary>
/// Bounds the connections to the link socket by who is at their other end, before a byte is read: whatever runs in a runner can reach that socket, and must use up neither the gateway's
/// descriptors nor another runner's places. Runners of a gateway that is root are users of their own; elsewhere they are told apart by their process namespaces.
/// </summary>
public sealed class LinkConnections
{
    /// <summary>The most connections of one runner; a session needs one for its terminal and one for each database connection.</summary>
    public const int MostOfOneRunner = 64;

    /// <summary>The most of the gateway's own user: of all runners together where it is not root.</summary>
    public const int MostOfOwnUser = 4096;

    private readonly Places<uint> users = new();
    private readonly Places<SocketPeer> runners = new();

    /// <summary>The connection middleware: lets a connection in, or closes it where its peer has too many. Other listeners' connections have no such peer and are not bounded.</summary>
    public ConnectionDelegate Bound(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<SocketPeer>() is not { } peer)
        {
            await next(connection);
            return;
        }

        using var place = TryEnter(peer);
        if (place is not null)
            await next(new HalfOpenConnection(connection));
        else
            connection.Abort(new ConnectionAbortedException("This peer has too many connections to the link socket."));
    };

    /// <summary>Counts a connection of the peer, until the result is disposed of; null where its runner or its user has too many.</summary>
    public IDisposable? TryEnter(SocketPeer peer)
    {
        var ofUser = users.TryTake(peer.User, peer.User == SocketPeer.Own.User ? MostOfOwnUser : MostOfOneRunner);
        // What runs beside the gateway, as its own user, is no runner.
        if (ofUser is null || peer == SocketPeer.Own)
            return ofUser;
        if (runners.TryTake(peer, MostOfOneRunner) is { } ofRunner)
            return new Both(ofUser, ofRunner);
        ofUser.Dispose();
        return null;
    }

    private sealed class Both(IDisposable first, IDisposable second) : IDisposable
    {
        public void Dispose()
        {
            first.Dispose();
            second.Dispose();
        }
    }
}
