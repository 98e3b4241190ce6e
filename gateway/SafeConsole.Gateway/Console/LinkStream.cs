using System.Net.WebSockets;

namespace SafeConsole.Gateway.Console;

/// <summary>
/// A database connection's bytes over an agent's WebSocket, in binary messages of at most 64 KiB. A broken socket is an
/// <see cref="IOException"/>, as for any stream; text messages are a fault of the agent and break it too. Disposing closes the socket in order.
/// </summary>
public sealed class LinkStream(WebSocket socket) : Stream
{
    private const int LongestMessage = 64 * 1024;
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        try
        {
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer, cancellationToken);
                if (received.MessageType == WebSocketMessageType.Close)
                    return 0;
                if (received.MessageType == WebSocketMessageType.Text)
                    throw new IOException("The agent sent text on a database connection.");
                if (received.Count > 0)
                    return received.Count;
            }
        }
        catch (WebSocketException broken)
        {
            throw new IOException("The link broke.", broken);
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            for (; !buffer.IsEmpty; buffer = buffer[Math.Min(buffer.Length, LongestMessage)..])
                await socket.SendAsync(buffer[..Math.Min(buffer.Length, LongestMessage)], WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        catch (WebSocketException broken)
        {
            throw new IOException("The link broke.", broken);
        }
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override void Flush()
    {
        // Nothing is held back.
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Links are asynchronous.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Links are asynchronous.");

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(CloseTime);
        try
        {
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, deadline.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The agent is gone; there is nothing left to close.
        }

        socket.Dispose();
        await base.DisposeAsync();
    }
}
