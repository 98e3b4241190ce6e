using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Tests.Hosting;
using SafeConsole.Testing;

namespace SafeConsole.Gateway.Tests.Borders;

/// <summary>Links that say nothing, and the end of the listener.</summary>
public sealed class LinkListenerTests(GatewayFixture fixture) : IClassFixture<GatewayFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_link_that_sends_nothing_is_closed_and_holds_nobody_up()
    {
        using var folder = new TemporaryFolder();
        var time = new FakeTimeProvider();
        await using var listener = Listen(folder.At("link.sock"), time);
        using var silent = Connect(folder.At("link.sock"));
        using var talking = Connect(folder.At("link.sock"));
        talking.Send("GET"u8);
        var request = await listener.AcceptAsync().AsTask().WaitAsync(Patience);
        await request!.DisposeAsync();

        var closed = silent.ReceiveAsync(new byte[1]);
        await Eventually.HoldsAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(11));
            return closed.IsCompleted;
        }, "the silent link is closed");
        Assert.Equal(0, await closed);
    }

    [Fact]
    public async Task A_listener_that_is_unbound_accepts_nothing_more()
    {
        using var folder = new TemporaryFolder();
        await using var listener = Listen(folder.At("link.sock"), TimeProvider.System);
        var waiting = listener.AcceptAsync().AsTask();
        await listener.UnbindAsync();
        Assert.Null(await waiting.WaitAsync(Patience));
        Assert.ThrowsAny<SocketException>(() => Connect(folder.At("link.sock")));
    }

    private LinkListener Listen(string path, TimeProvider time)
    {
        var listening = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen();
        var http = new SocketConnectionContextFactory(new SocketConnectionFactoryOptions(), NullLogger.Instance);
        return new LinkListener(listening, http, new LinkConnections(), fixture.Gateway.Services.GetRequiredService<PassedConnections>(), time);
    }

    private static Socket Connect(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(path));
        return socket;
    }
}
