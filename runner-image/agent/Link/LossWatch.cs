using System.Net.Sockets;

namespace SafeConsole.Agent.Link;

/// <summary>
/// Closes a TCP connection whose peer is gone while something is on its way there: sent again, or asked of a peer that took no more, without an answer. Keep-alive tells of quiet
/// connections alone; and TCP_USER_TIMEOUT, which tells of these, would also end one whose peer answers but does not read, as a gateway does whose user is away.
/// </summary>
internal static class LossWatch
{
    // tcp(7); where the kernel writes in its struct tcp_info, linux/tcp.h.
    private const int ProtocolTcp = 6;
    private const int TcpInfo = 11;
    private const int RetransmitsAt = 2;
    private const int ProbesAt = 3;
    private const int MillisecondsSinceAnswerAt = 56;
    private const int InfoBytes = 60;

    // Two looks in a row, so that a question that was asked this very moment is not taken for one without an answer. In all 25 s.
    private const int Looks = 2;
    private const int SilentMilliseconds = 15_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Watches until the socket is closed.</summary>
    public static async Task RunAsync(Socket socket)
    {
        try
        {
            for (var silent = 0; silent < Looks; silent = IsSilent(socket) ? silent + 1 : 0)
                await Task.Delay(Interval);
            socket.Dispose();
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // Somebody else closed it.
        }
    }

    private static bool IsSilent(Socket socket)
    {
        Span<byte> info = stackalloc byte[InfoBytes];
        socket.GetRawSocketOption(ProtocolTcp, TcpInfo, info);
        return info[RetransmitsAt] + info[ProbesAt] > 0 && BitConverter.ToUInt32(info[MillisecondsSinceAnswerAt..]) >= SilentMilliseconds;
    }
}
