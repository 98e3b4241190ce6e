using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace SafeConsole.Agent.Link;

/// <summary>Where the gateway is: `unix:/path/of/its/socket`.</summary>
public sealed class GatewayAddress : IDisposable
{
    private const string UnixScheme = "unix:";
    private const int Unavailable = 69;
    private const int NotPermitted = 77;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly UnixDomainSocketEndPoint endPoint;
    private readonly HttpMessageInvoker invoker;

    private GatewayAddress(string socketPath)
    {
        endPoint = new UnixDomainSocketEndPoint(socketPath);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = async (_, cancellation) => await OpenAsync(cancellation), UseProxy = false, UseCookies = false });
    }

    /// <summary>The gateway's socket.</summary>
    public EndPoint EndPoint => endPoint;

    /// <summary>Reads an address. Throws <see cref="AgentFailedException"/>.</summary>
    public static GatewayAddress Parse(string text) =>
        text.StartsWith(UnixScheme + "/", StringComparison.Ordinal)
            ? new GatewayAddress(text[UnixScheme.Length..])
            : throw new AgentFailedException($"SAFECONSOLE_GATEWAY is '{text}'; it must be 'unix:' and the absolute path of the gateway's socket.");

    /// <summary>Opens a WebSocket. Throws <see cref="AgentFailedException"/> with the status where the gateway refuses.</summary>
    public async Task<ClientWebSocket> ConnectAsync(string path, string authorization)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", authorization);
        socket.Options.CollectHttpResponseDetails = true;
        // The kernel tells when the other end of a Unix socket is gone; and a gateway that holds back output must not look dead.
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            using var timeout = new CancellationTokenSource(ConnectTimeout);
            await socket.ConnectAsync(new Uri("ws://gateway" + path), invoker, timeout.Token);
            return socket;
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or HttpRequestException)
        {
            var status = (int)socket.HttpStatusCode;
            var reason = status switch
            {
                401 => "it does not accept the runner's secret (used, expired or unknown)",
                0 => (e.InnerException ?? e).Message,
                _ => $"it answered with status {status}",
            };
            socket.Dispose();
            throw new AgentFailedException($"The gateway could not be reached at {path}: {reason}.", e) { ExitCode = status == 401 ? NotPermitted : Unavailable };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
