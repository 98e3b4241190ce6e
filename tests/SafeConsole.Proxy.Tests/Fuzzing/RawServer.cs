using System.Net;
using System.Net.Sockets;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>A server that answers the first bytes of every connection with bytes of the test's and closes its side.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<byte[]> answers;
    private readonly Task accepting;

    public RawServer(Func<byte[]> answers)
    {
        this.answers = answers;
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        listener.Dispose();
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> serving = [];
        try
        {
            while (true)
            {
                TcpClient peer = await listener.AcceptTcpClientAsync(stopping.Token);
                serving.RemoveAll(task => task.IsCompleted);
                serving.Add(ServeAsync(peer));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient peer)
    {
        using (peer)
        {
            try
            {
                NetworkStream stream = peer.GetStream();
                var incoming = new byte[8192];
                await stream.ReadAtLeastAsync(incoming, 1, throwOnEndOfStream: false, stopping.Token);
                await stream.WriteAsync(answers(), stopping.Token);
                peer.Client.Shutdown(SocketShutdown.Send);
                while (await stream.ReadAsync(incoming, stopping.Token) > 0)
                {
                }
            }
            catch (Exception gone) when (gone is IOException or SocketException or InvalidOperationException or OperationCanceledException)
            {
            }
        }
    }
}
