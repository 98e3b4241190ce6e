using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using SafeConsole.Gateway.Console;
using SafeConsole.Runners.Sockets;

namespace SafeConsole.Gateway;

/// <summary>
/// Accepts on the link socket and sorts by the first byte: what passes a socket is served here, everything else is HTTP and Kestrel's. A connection that sends nothing
/// for 10 s is closed.
/// </summary>
public sealed class LinkListener : IConnectionListener
{
    private const int MostWaiting = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // Accepting fails where there are no descriptors left; until some are closed it would fail at once again.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Socket listening;
    private readonly SocketConnectionContextFactory http;
    private readonly LinkConnections bound;
    private readonly PassedConnections passed;
    private readonly TimeProvider time;
    private readonly Channel<ConnectionContext> requests = Channel.CreateBounded<ConnectionContext>(MostWaiting);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    /// <summary>Begins to accept; the listener disposes of the socket and the factory.</summary>
    public LinkListener(Socket listening, SocketConnectionContextFactory http, LinkConnections bound, PassedConnections passed, TimeProvider time)
    {
        (this.listening, this.http, this.bound, this.passed, this.time) = (listening, http, bound, passed, time);
        EndPoint = listening.LocalEndPoint!;
        accepting = AcceptAllAsync();
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            return await requests.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await stopping.CancelAsync();
        listening.Dispose();
        await accepting;
        requests.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (requests.Reader.TryRead(out var unserved))
            await unserved.DisposeAsync();
        http.Dispose();
    }

    private async Task EnterAsync(Socket link)
    {
        try
        {
            var peer = SocketPeer.Of(link);
            if (bound.TryEnter(peer) is { } place)
            {
                await SortAsync(link, peer, place);
                return;
            }
        }
        catch (SocketException)
        {
            // It is gone already.
        }

        link.Dispose();
    }

    private async Task AcceptAllAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var link = await listening.AcceptAsync(stopping.Token);
                // Not in this loop: what a runner sends, and closing it, must not hold up who comes next.
                _ = Task.Run(() => EnterAsync(link));
            }
            catch (SocketException)
            {
                await Task.Delay(Pause, time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception stopped) when (stopped is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task SortAsync(Socket link, SocketPeer peer, IDisposable place)
    {
        using var entered = place;
        try
        {
            switch (await FirstByteAsync(link))
            {
                case null:
                    link.Dispose();
                    break;
                case PassedSocket.FirstByte:
                    await passed.ServeAsync(link, peer);
                    break;
                default:
                    // Counted anew by its own pipeline, from now on until it ends.
                    place.Dispose();
                    var request = http.Create(link);
                    request.Features.Set(peer);
                    await requests.Writer.WriteAsync(request, stopping.Token);
                    break;
            }
        }
        catch (Exception over) when (over is SocketException or OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            link.Dispose();
        }
    }

    // Left where it is, for whoever reads it next.
    private async Task<byte?> FirstByteAsync(Socket link)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping.Token);
        var first = new byte[1];
        return await link.ReceiveAsync(first, SocketFlags.Peek, both.Token) == 1 ? first[0] : null;
    }
}
