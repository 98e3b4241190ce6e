using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeConsole.Runners.Frames;

namespace SafeConsole.Runners;

/// <summary>
/// The gateway's end of a runner's terminal link. One caller receives; any number may send. Not receiving is the back-pressure: the
/// agent then stops reading the terminal, and the REPL waits. Nothing is buffered here but one message in each direction.
/// </summary>
public sealed class RunnerLink(WebSocket socket) : IDisposable
{
    /// <summary>The longest body of a message, in bytes.</summary>
    public const int LongestBody = 64 * 1024;

    private const int ProtocolVersion = 1;

    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly byte[] received = new byte[1 + LongestBody];
    private readonly byte[] toSend = new byte[1 + LongestBody];
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool greeted;
    private Task<RunnerFrame?>? listening;

    /// <summary>
    /// Completes when the link was disposed. The endpoint that accepted the WebSocket waits for this and then calls `HttpContext.Abort`:
    /// Kestrel keeps a connection open whose WebSocket was only aborted, and the agent would not notice.
    /// </summary>
    public Task Closed => closed.Task;

    /// <summary>True when the agent said something, or has gone, since <see cref="ListenAsync"/>.</summary>
    public bool IsHeard => listening is { IsCompleted: true };

    /// <summary>
    /// Receives ahead, so that a link that waits for its use is noticed when it breaks; completes when the agent said something, which the next receiving returns, or has gone. To be
    /// called once, after the hello. Never faults.
    /// </summary>
    public Task ListenAsync()
    {
        listening = ReceiveNextAsync(CancellationToken.None).AsTask();
        return Task.WhenAny(listening);
    }

    /// <summary>
    /// The next frame; null when the agent has closed the link or is gone. The first is the hello. Throws <see cref="RunnerLinkException"/>
    /// for what the protocol does not allow.
    /// </summary>
    public async ValueTask<RunnerFrame?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (listening is null)
            return await ReceiveNextAsync(cancellationToken);
        var frame = await listening.WaitAsync(cancellationToken);
        listening = null;
        return frame;
    }

    /// <summary>Starts the REPL. Throws <see cref="RunnerLinkException"/> when the order is longer than a message may be.</summary>
    public Task StartAsync(RunnerStart start, CancellationToken cancellationToken) =>
        SendJsonAsync(FrameKind.Start, start, FrameJson.Default.RunnerStart, cancellationToken);

    /// <summary>Types into the terminal; completes when the link has taken all of it.</summary>
    public async Task SendInputAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        for (; input.Length > LongestBody; input = input[LongestBody..])
            await SendAsync(FrameKind.Input, input[..LongestBody], cancellationToken);
        await SendAsync(FrameKind.Input, input, cancellationToken);
    }

    /// <summary>Sets the terminal's size in characters.</summary>
    public Task ResizeAsync(int columns, int rows, CancellationToken cancellationToken) =>
        SendJsonAsync(FrameKind.Resize, new ResizeFrame(columns, rows), FrameJson.Default.ResizeFrame, cancellationToken);

    /// <summary>Asks the agent to end the REPL and itself; its last frames still come.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => SendAsync(FrameKind.Stop, ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Drops the connection; the agent then kills the REPL.</summary>
    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
        closed.TrySetResult();
    }

    private async ValueTask<RunnerFrame?> ReceiveNextAsync(CancellationToken cancellationToken)
    {
        if (await ReceiveMessageAsync(cancellationToken) is not { } message)
            return null;
        var frame = FrameReader.Read(message);
        if (!greeted && frame is not HelloFrame { Version: ProtocolVersion })
            throw new RunnerLinkException($"The runner's agent did not begin with a hello of protocol version {ProtocolVersion}; build the agent from the gateway's own sources.");
        if (greeted && frame is HelloFrame)
            throw new RunnerLinkException("The runner's agent said hello twice.");
        greeted = true;
        return frame;
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReceiveMessageAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            ValueWebSocketReceiveResult part;
            try
            {
                part = await socket.ReceiveAsync(received.AsMemory(length), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null;
            }
            if (part.MessageType == WebSocketMessageType.Close)
                return null;
            length += part.Count;
            if (part.MessageType == WebSocketMessageType.Text || (length == received.Length && !part.EndOfMessage))
                throw new RunnerLinkException("The runner's agent sent a message that is text or longer than 64 KiB.");
            if (part.EndOfMessage)
                return received.AsMemory(0, length);
        }
    }

    private Task SendJsonAsync<T>(FrameKind kind, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return json.Length <= LongestBody
            ? SendAsync(kind, json, cancellationToken)
            : throw new RunnerLinkException($"The order for the runner is {json.Length} bytes long; a message holds {LongestBody}. Shorten the policy's command or environment.");
    }

    private async Task SendAsync(FrameKind kind, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        await sending.WaitAsync(cancellationToken);
        try
        {
            toSend[0] = (byte)kind;
            body.CopyTo(toSend.AsMemory(1));
            await socket.SendAsync(toSend.AsMemory(0, 1 + body.Length), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
        }
        finally
        {
            sending.Release();
        }
    }
}
