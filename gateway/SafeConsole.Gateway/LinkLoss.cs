using System.Net.Sockets;

namespace SafeConsole.Gateway;

/// <summary>
/// Notices that the other host of a TCP connection is gone, within 25 s: a quiet connection by keep-alive, one with something on its way there by having no answer to it. TCP_USER_TIMEOUT
/// would do both, but also end a connection whose peer answers and does not read, as a REPL with a pager. runner-image/agent/Link/LossWatch.cs is its counterpart.
/// </summary>
internal static class LinkLoss
{
    private const int IdleSeconds = 10;
    private const int ProbeSeconds = 5;
    private const int Probes = 3;

    // tcp(7); where the kernel writes in its struct tcp_info, linux/tcp.h.
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int RetransmitsAt = 2;
    private const int ProbesAt = 3;
    private const int MillisecondsSinceAnswerAt = 56;
    private const int InfoBytes = 60;

    // Two looks in a row, so that a question that was asked this very moment is not taken for one without an answer.
    private const int Looks = 2;
    private const int SilentMilliseconds = 15_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Lets the kernel ask a quiet peer whether it is there; a read fails where it is not.</summary>
    public static void AskWhenQuiet(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }

    /// <summary>Completes with true when the peer does not answer to what is sent to it, with false when the socket was closed before.</summary>
    public static async Task<bool> IsLostAsync(Socket socket, CancellationToken cancellationToken)
    {
        try
        {
            for (var silent = 0; silent < Looks; silent = IsSilent(socket) ? silent + 1 : 0)
                await Task.Delay(Interval, cancellationToken);
            return true;
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return false;
        }
    }

    private static bool IsSilent(Socket socket)
    {
        Span<byte> info = stackalloc byte[InfoBytes];
        socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info);
        return info[RetransmitsAt] + info[ProbesAt] > 0 && BitConverter.ToUInt32(info[MillisecondsSinceAnswerAt..]) >= SilentMilliseconds;
    }
}
