using System.Net;
using System.Net.Sockets;

namespace SafeConsole.Agent.Link;

/// <summary>Finds out whether the runner has a way out of itself.</summary>
internal static class NetworkProbe
{
    // TEST-NET-1 of RFC 5737, for anywhere; and where the machines of every large cloud tell their own credentials.
    private static readonly IPEndPoint Anywhere = new(new IPAddress([192, 0, 2, 1]), 443);
    private static readonly IPEndPoint Metadata = new(new IPAddress([169, 254, 169, 254]), 80);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A runner beside its gateway must have no network at all; one that reaches it by a network must reach nothing else there.</summary>
    public static async Task<NetworkReport> RunAsync(GatewayAddress gateway)
    {
        if (!gateway.IsRemote)
            return Run();
        var answers = await Task.WhenAll(TryToConnectAsync(Anywhere), TryToConnectAsync(Metadata));
        // A refusal is an answer: something was reached.
        var isShut = answers.All(answer => answer is SocketError.TimedOut or SocketError.NetworkUnreachable or SocketError.HostUnreachable or SocketError.AccessDenied);
        return new NetworkReport(!isShut, $"{Interfaces()}; connecting to {Anywhere} gives {answers[0]}, to {Metadata} {answers[1]}");
    }

    /// <summary>
    /// Looks at the interfaces and routes that the kernel shows, and where there is none tries a connection to 192.0.2.1 (TEST-NET-1,
    /// RFC 5737), which must fail at once with "network unreachable".
    /// </summary>
    private static NetworkReport Run()
    {
        var routes = Lines("/proc/net/route", skip: 1).Count()
            + Lines("/proc/net/ipv6_route", skip: 0).Count(line => !line.EndsWith(" lo", StringComparison.Ordinal));
        var shown = Interfaces();
        if (routes > 0)
            return new NetworkReport(Reachable: true, $"{shown}; {routes} routes");
        var error = TryToConnect();
        return new NetworkReport(Reachable: error != SocketError.NetworkUnreachable, $"{shown}; no route; connecting to 192.0.2.1 gives {error}");
    }

    private static string Interfaces()
    {
        var interfaces = Lines("/proc/net/dev", skip: 2).Select(line => line.Split(':')[0].Trim()).Where(name => name != "lo").ToList();
        return interfaces.Count == 0 ? "no interface but lo" : "interfaces " + string.Join(", ", interfaces);
    }

    private static async Task<SocketError> TryToConnectAsync(IPEndPoint place)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(place, timeout.Token);
            return SocketError.Success;
        }
        catch (OperationCanceledException)
        {
            return SocketError.TimedOut;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode;
        }
    }

    private static SocketError TryToConnect()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            socket.Connect(Anywhere);
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
