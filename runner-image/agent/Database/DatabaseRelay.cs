using System.Buffers;
using System.Net.Sockets;
using System.Net.WebSockets;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Database;

/// <summary>One database connection: bytes from the REPL's socket to a WebSocket and back, as they are.</summary>
internal sealed class DatabaseRelay(Socket client, ClientWebSocket gateway)
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Relays until either side has closed and the other has got every byte. Never faults: a lost connection just ends.</summary>
    public static async Task RunAsync(Socket client, GatewayAddress address, string authorization)
    {
        using var _ = client;
        try
        {
            using var gateway = await address.ConnectAsync("/link/database", authorization);
            await new DatabaseRelay(client, gateway).RunAsync();
        }
        catch (AgentFailedException e)
        {
            Console.Error.WriteLine(e.Message);
        }
        catch (Exception e) when (e is WebSocketException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of the two is gone; closing both is all there is to do.
        }
    }

    private async Task RunAsync()
    {
        var toGateway = CopyToGatewayAsync();
        await CopyToClientAsync();
        // The gateway has closed and the client has everything: end its connection, which ends the other direction too.
        client.Shutdown(SocketShutdown.Both);
        await toGateway.WaitAsync(CloseTimeout);
    }

    private async Task CopyToGatewayAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(TerminalLink.LongestBody);
        try
        {
            int length;
            while ((length = await ReceiveAsync(buffer)) > 0)
                await gateway.SendAsync(buffer.AsMemory(0, length), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
            await gateway.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<int> ReceiveAsync(byte[] buffer)
    {
        try
        {
            return await client.ReceiveAsync(buffer.AsMemory(0, TerminalLink.LongestBody));
        }
        catch (SocketException)
        {
            return 0;
        }
    }

    private async Task CopyToClientAsync()
    {
        var buffer = ArrayPool<byte>.Shared.Rent(TerminalLink.LongestBody);
        try
        {
            while (await gateway.ReceiveAsync(buffer.AsMemory(), CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } part)
                await SendAsync(buffer.AsMemory(0, part.Count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await client.SendAsync(bytes)..];
    }
}
