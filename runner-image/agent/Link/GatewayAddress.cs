using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace SafeConsole.Agent.Link;

/// <summary>Where the gateway is: `unix:/path/of/its/socket`, or `https://host:port` by TLS.</summary>
public sealed class GatewayAddress : IDisposable
{
    private const string UnixScheme = "unix:";
    private const int Unavailable = 69;
    private const int NotPermitted = 77;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    private readonly UnixDomainSocketEndPoint? socketPath;
    private readonly GatewayTls? tls;
    private readonly HttpMessageInvoker invoker;

    private GatewayAddress(UnixDomainSocketEndPoint? socketPath, GatewayTls? tls)
    {
        this.socketPath = socketPath;
        this.tls = tls;
        invoker = new HttpMessageInvoker(new SocketsHttpHandler { ConnectCallback = async (_, cancellation) => await OpenAsync(cancellation), UseProxy = false, UseCookies = false });
    }

    /// <summary>Is there a network between the runner and its gateway?</summary>
    public bool IsRemote => tls is not null;

    /// <summary>The gateway's Unix socket; there is none where it is remote.</summary>
    public EndPoint EndPoint => socketPath ?? throw new InvalidOperationException("A remote gateway has no Unix socket.");

    /// <summary>Reads an address; the authority, PEM text, is whose certificate a remote gateway must have, and null stands for the system's. Throws <see cref="AgentFailedException"/>.</summary>
    public static GatewayAddress Parse(string text, string? authority = null)
    {
        if (text.StartsWith(UnixScheme + "/", StringComparison.Ordinal))
            return new GatewayAddress(new UnixDomainSocketEndPoint(text[UnixScheme.Length..]), null);
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
            ? new GatewayAddress(null, GatewayTls.To(uri.IdnHost, uri.Port, authority))
            : throw new AgentFailedException($"SAFECONSOLE_GATEWAY is '{text}'; it must be 'unix:' and the absolute path of the gateway's socket, or https://host:port.");
    }

    /// <summary>Opens a WebSocket. Throws <see cref="AgentFailedException"/> with the status where the gateway refuses.</summary>
    public async Task<ClientWebSocket> ConnectAsync(string path, string authorization)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", authorization);
        socket.Options.CollectHttpResponseDetails = true;
        // The kernel tells when the other end is gone; and a gateway that holds back output must not look dead.
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
                0 => e.GetBaseException().Message.TrimEnd('.'),
                _ => $"it answered with status {status}",
            };
            socket.Dispose();
            throw new AgentFailedException($"The gateway could not be reached at {path}: {reason}.", e) { ExitCode = status == 401 ? NotPermitted : Unavailable };
        }
    }

    /// <summary>A connected socket whose bytes are the gateway's, for threads that wait in the kernel. Throws <see cref="SocketException"/>, and <see cref="AgentFailedException"/> where it is not the gateway that answers.</summary>
    internal Socket OpenSocket(int timeoutMilliseconds)
    {
        if (tls is not null)
            return TlsSocket.Open(tls, timeoutMilliseconds);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { ReceiveTimeout = timeoutMilliseconds, SendTimeout = timeoutMilliseconds };
        try
        {
            socket.Connect(EndPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        if (tls is not null)
            return await tls.OpenAsync(cancellation);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(EndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
