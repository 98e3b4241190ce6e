using System.Net;
using System.Net.Sockets;

namespace SafeConsole.Testing;

/// <summary>TCP ports on 127.0.0.1 that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>Asks the kernel for <paramref name="count"/> different free ports. Another program may still take one before it is used.</summary>
    public static int[] Take(int count)
    {
        var sockets = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var socket in sockets)
            {
                socket.Start();
            }
            return [.. sockets.Select(socket => ((IPEndPoint)socket.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var socket in sockets)
            {
                socket.Dispose();
            }
        }
    }

    /// <summary>One free port.</summary>
    public static int Take() => Take(1)[0];
}
