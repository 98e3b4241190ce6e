using System.Net;
using System.Net.Sockets;

namespace SafeConsole.Agent.Link;

/// <summary>Finds out whether the runner has a way out of itself.</summary>
internal static class NetworkProbe
{
    /// <summary>
    /// Looks at the interfaces and routes that the kernel shows, and where there is none tries a connection to 192.0.2.1 (TEST-NET-1,
    /// RFC 5737), which must fail at once with "network unreachable".
    /// </summary>
    public static NetworkReport Run()
    {
        var interfaces = Lines("/proc/net/dev", skip: 2).Select(line => line.Split(':')[0].Trim()).Where(name => name != "lo").ToList();
        var routes = Lines("/proc/net/route", skip: 1).Count()
            + Lines("/proc/net/ipv6_route", skip: 0).Count(line => !line.EndsWith(" lo", StringComparison.Ordinal));
        var shown = interfaces.Count == 0 ? "no interface but lo" : "interfaces " + string.Join(", ", interfaces);
        if (routes > 0)
            return new NetworkReport(Reachable: true, $"{shown}; {routes} routes");
        var error = TryToConnect();
        return new NetworkReport(Reachable: error != SocketError.NetworkUnreachable, $"{shown}; no route; connecting to 192.0.2.1 gives {error}");
    }

    private static SocketError TryToConnect()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(new IPEndPoint(new IPAddress([192, 0, 2, 1]), 443));
            return SocketError.Success;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static IEnumerable<string> Lines(string path, int skip) =>
        File.Exists(path) ? File.ReadLines(path).Skip(skip).Where(line => line.Length > 0) : [];
}
