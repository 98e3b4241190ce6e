using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace SafeConsole.Gateway;

/// <summary>
/// A connection whose peer may end its sending and still be answered. Kestrel takes the end of the input for the connection's own and drops what it has not written yet; here
/// that is told only by the input itself, which every reader of the link sees.
/// </summary>
public sealed class HalfOpenConnection(ConnectionContext inner) : ConnectionContext
{
    private readonly CancellationTokenSource closed = new();

    /// <inheritdoc/>
    public override string ConnectionId
    {
        get => inner.ConnectionId;
        set => inner.ConnectionId = value;
    }

    /// <inheritdoc/>
    public override IFeatureCollection Features => inner.Features;

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items
    {
        get => inner.Items;
        set => inner.Items = value;
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport
    {
        get => inner.Transport;
        set => inner.Transport = value;
    }

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint
    {
        get => inner.LocalEndPoint;
        set => inner.LocalEndPoint = value;
    }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint
    {
        get => inner.RemoteEndPoint;
        set => inner.RemoteEndPoint = value;
    }

    /// <summary>Fires when this side closes or aborts.</summary>
    public override CancellationToken ConnectionClosed
    {
        get => closed.Token;
        set => throw new NotSupportedException("The connection itself says when it is closed.");
    }

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason)
    {
        inner.Abort(abortReason);
        closed.Cancel();
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }
}
