using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using SafeConsole.Agent.Native;

namespace SafeConsole.Agent.Link;

/// <summary>
/// A TLS connection as a plain socket: one end of a pair, whose other end is carried to the gateway and back. So whoever relays sockets need not know of TLS.
/// </summary>
internal static class TlsSocket
{
    private const int BufferBytes = 64 * 1024;
    private const int FamilyUnix = 1;
    private const int StreamClosedOnExec = 1 | 0x80000;

    /// <summary>Connects. Throws <see cref="SocketException"/>, and <see cref="AgentFailedException"/> where it is not the gateway that answers.</summary>
    public static Socket Open(GatewayTls tls, int timeoutMilliseconds)
    {
        using var timeout = new CancellationTokenSource(timeoutMilliseconds);
        Stream stream;
        try
        {
            stream = Task.Run(() => tls.OpenAsync(timeout.Token)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (e is AuthenticationException or IOException or OperationCanceledException)
        {
            throw new AgentFailedException($"The gateway could not be reached for a database connection: {e.GetBaseException().Message.TrimEnd('.')}.", e);
        }
        var (near, far) = Pair();
        (near.ReceiveTimeout, near.SendTimeout) = (timeoutMilliseconds, timeoutMilliseconds);
        _ = CarryAsync((SslStream)stream, far);
        return near;
    }

    private static unsafe (Socket Near, Socket Far) Pair()
    {
        var ends = stackalloc int[2];
        if (Libc.SocketPair(FamilyUnix, StreamClosedOnExec, 0, ends) != 0)
            throw new SocketException(Marshal.GetLastPInvokeError());
        return (new Socket(new SafeSocketHandle(ends[0], ownsHandle: true)), new Socket(new SafeSocketHandle(ends[1], ownsHandle: true)));
    }

    private static async Task CarryAsync(SslStream gateway, Socket far)
    {
        await using var _ = gateway;
        await using var near = new NetworkStream(far, ownsSocket: true);
        var toGateway = CopyAsync(near, gateway, gateway.ShutdownAsync);
        // When the gateway has closed, all is over; the relay's end then closes too, and with it the other direction.
        await CopyAsync(gateway, near, () => Task.Run(() => far.Shutdown(SocketShutdown.Send)));
        await toGateway;
    }

    private static async Task CopyAsync(Stream from, Stream to, Func<Task> end)
    {
        try
        {
            await from.CopyToAsync(to, BufferBytes);
            await end();
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // One of the two is gone, and neither the other nor the other direction may wait for it.
            await from.DisposeAsync();
            await to.DisposeAsync();
        }
    }
}
