using System.Net;
using System.Net.Sockets;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Database;

/// <summary>Offers the target's database to the REPL, on 127.0.0.1 and as a Unix socket; each connection becomes one to the gateway.</summary>
internal sealed class DatabaseListener : IDisposable
{
    private const int Backlog = 64;

    private readonly Socket[] sockets;
    private readonly GatewayAddress gateway;
    private readonly string key;

    private DatabaseListener(Socket[] sockets, GatewayAddress gateway, string key)
    {
        this.sockets = sockets;
        this.gateway = gateway;
        this.key = key;
    }

    /// <summary>Listens from now on. Throws <see cref="AgentFailedException"/> where the port or the folder is not to be had.</summary>
    public static DatabaseListener Start(DatabaseEndpoint endpoint, GatewayAddress gateway, string key)
    {
        Directory.CreateDirectory(endpoint.SocketDirectory);
        var unix = new UnixDomainSocketEndPoint($"{endpoint.SocketDirectory}/.s.PGSQL.{endpoint.Port}");
        var listener = new DatabaseListener([Listen(new IPEndPoint(IPAddress.Loopback, endpoint.Port)), Listen(unix)], gateway, key);
        foreach (var socket in listener.sockets)
            _ = listener.AcceptAsync(socket);
        return listener;
    }

    public void Dispose()
    {
        foreach (var socket in sockets)
            socket.Dispose();
    }

    private static Socket Listen(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, endPoint is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        try
        {
            socket.Bind(endPoint);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new AgentFailedException($"The database could not be offered at {endPoint} in the runner: {e.Message}.", e);
        }
    }

    private async Task AcceptAsync(Socket listening)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listening.AcceptAsync();
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionAborted)
            {
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            if (client.ProtocolType == ProtocolType.Tcp)
                client.NoDelay = true;
            DatabaseRelay.Start(client, gateway, key);
        }
    }
}
