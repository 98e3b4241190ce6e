using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace SafeConsole.Gateway;

/// <summary>
/// Kestrel's sockets for the link socket alone: what arrives is handled by the thread that received it, where browsers' connections take two more turns
/// through the thread pool. A handler that blocks holds up its own connection.
/// </summary>
public sealed class LinkTransport(ILoggerFactory log) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory sockets = new(
        Options.Create(new SocketTransportOptions { UnsafePreferInlineScheduling = true, WaitForDataBeforeAllocatingBuffer = false }), log);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => endpoint is UnixDomainSocketEndPoint;

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => sockets.BindAsync(endpoint, cancellationToken);
}
