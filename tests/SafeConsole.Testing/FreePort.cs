using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SafeConsole.Testing;

/// <summary>TCP ports on 127.0.0.1 that nobody listens on.</summary>
public static class FreePort
{
    // Linux takes the ports of outgoing connections, and those of listeners on port 0, from 32768 on: one of these could be taken again
    // before its test listens on it. 12000 is above every port that a browser refuses.
    private const int First = 12_000;
    private const int BeyondLast = 32_768;

    private static readonly ConcurrentDictionary<int, bool> Given = [];

    /// <summary><paramref name="count"/> different free ports.</summary>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];

    /// <summary>A free port that this process has not given out before. Another program may still take it before it is used.</summary>
    public static int Take()
    {
        int port;
        do
        {
            port = Random.Shared.Next(First, BeyondLast);
        }
        while (!Given.TryAdd(port, true) || !IsFree(port));
        return port;
    }

    private static bool IsFree(int port)
    {
        using var socket = new TcpListener(IPAddress.Loopback, port);
        try
        {
            socket.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
