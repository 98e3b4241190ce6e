using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace SafeConsole.Gateway;

/// <summary>
/// Bounds the connections to the link socket by the user at their other end, before a byte is read: whatever runs in a runner can reach
/// that socket, and must not use up the gateway's descriptors. Runners of a gateway that is root are users of their own.
/// </summary>
public sealed class LinkConnections
{
    /// <summary>The most connections of one user; a session needs one for its terminal and one for each database connection.</summary>
    public const int MostOfOneUser = 64;

    // Without root all runners share the gateway's own user.
    private const int MostOfOwnUser = 4096;
    private const int SolSocket = 1;
    private const int SoPeerCredentials = 17;

    private readonly Places<uint> open = new();

    /// <summary>The connection middleware: lets a connection in, or closes it where its user has too many. Other listeners are not bounded.</summary>
    public ConnectionDelegate Bound(ConnectionDelegate next) => async connection =>
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { AddressFamily: AddressFamily.Unix } socket)
        {
            await next(connection);
            return;
        }

        using var place = TryEnter(socket);
        if (place is not null)
            await next(new HalfOpenConnection(connection));
        else
            connection.Abort(new ConnectionAbortedException("This user has too many connections to the link socket."));
    };

    /// <summary>Counts a connection of the user at its other end, until the result is disposed of; null where that user has too many.</summary>
    public IDisposable? TryEnter(Socket socket)
    {
        var user = PeerOf(socket);
        return open.TryTake(user, user == OwnUser ? MostOfOwnUser : MostOfOneUser);
    }

    private static uint OwnUser { get; } = ReadOwnUser();

    // struct ucred of unix(7): process, user, group, 32 bits each.
    private static uint PeerOf(Socket socket)
    {
        Span<byte> credentials = stackalloc byte[12];
        socket.GetRawSocketOption(SolSocket, SoPeerCredentials, credentials);
        return BitConverter.ToUInt32(credentials[4..8]);
    }

    // The second field of /proc/self/status' Uid line is the effective user, proc_pid_status(5).
    private static uint ReadOwnUser() => uint.Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[2], System.Globalization.CultureInfo.InvariantCulture);
}
