using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway;

/// <summary>
/// Kestrel's sockets for the link socket alone: what arrives is handled by the thread that received it, where browsers' connections take two more turns
/// through the thread pool. A handler that blocks holds up its own connection.
/// </summary>
public sealed class LinkTransport(LinkConnections bound, PassedConnections passed, TimeProvider time, ILogger<LinkTransport> log)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private const int Backlog = 512;

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is UnixDomainSocketEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            listening.Bind(endpoint);
            listening.Listen(Backlog);
        }
        catch
        {
            listening.Dispose();
            throw;
        }

        var http = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true, WaitForDataBeforeAllocatingBuffer = false }, log);
        return ValueTask.FromResult<IConnectionListener>(new LinkListener(listening, http, bound, passed, time));
    }
}
