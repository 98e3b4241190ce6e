using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SafeConsole.Agent.Link;

/// <summary>The agent's end of the terminal link: one message at a time in each direction, at most 64 KiB and the kind.</summary>
internal sealed class TerminalLink : IDisposable
{
    /// <summary>The longest body of a message, in bytes.</summary>
    public const int LongestBody = 64 * 1024;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket socket;
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly byte[] received = new byte[1 + LongestBody];

    private TerminalLink(ClientWebSocket socket) => this.socket = socket;

    /// <summary>Opens the link and redeems the ticket. Throws <see cref="AgentFailedException"/>.</summary>
    public static async Task<TerminalLink> ConnectAsync(GatewayAddress gateway, string ticket) =>
        new(await gateway.ConnectAsync("/link/terminal", "Ticket " + ticket));

    /// <summary>A buffer for messages of one kind: its first byte is set, the body goes behind it.</summary>
    public static byte[] NewMessage(FrameKind kind)
    {
        var message = new byte[1 + LongestBody];
        message[0] = (byte)kind;
        return message;
    }

    /// <summary>Sends a whole message, kind byte first.</summary>
    public async ValueTask SendAsync(ReadOnlyMemory<byte> message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(message, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Sends a message whose body is JSON.</summary>
    public ValueTask SendAsync<T>(FrameKind kind, T body, JsonTypeInfo<T> type) =>
        SendAsync((byte[])[(byte)kind, .. JsonSerializer.SerializeToUtf8Bytes(body, type)]);

    /// <summary>
    /// The next message, whose body is valid until the next call; null when the gateway has closed or is gone. Throws
    /// <see cref="AgentFailedException"/> for what the protocol does not know.
    /// </summary>
    public async ValueTask<(FrameKind Kind, ReadOnlyMemory<byte> Body)?> ReceiveAsync()
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(received.AsMemory(length), CancellationToken.None);
            }
            catch (WebSocketException)
            {
                return null;
            }
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.MessageType != WebSocketMessageType.Binary || length == 0 || (length == received.Length && !part.EndOfMessage))
                throw new AgentFailedException("The gateway sent a message that is empty, text, or longer than 64 KiB.");
            if (part.EndOfMessage)
                return ((FrameKind)received[0], received.AsMemory(1, length - 1));
        }
    }

    /// <summary>Says that nothing more comes and waits up to a second until the gateway has taken it. <paramref name="receiving"/> ends when it has.</summary>
    public async Task CloseAsync(Task receiving)
    {
        try
        {
            using var timeout = new CancellationTokenSource(CloseTimeout);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
            await receiving.WaitAsync(timeout.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It is gone already, and so are we.
        }
    }

    public void Dispose()
    {
        socket.Dispose();
        sending.Dispose();
    }
}
