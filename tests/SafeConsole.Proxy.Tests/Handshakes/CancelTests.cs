using Microsoft.Extensions.Time.Testing;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>Whose query a cancel request reaches: one of the same session's, and not too often. The server counts the cancels that arrive.</summary>
public sealed class CancelTests
{
    [Fact]
    public async Task Key_of_a_connection_cancels_what_it_runs_and_the_servers_own_key_stays_unknown()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy();
        (WireClient busy, BackendKey key) = await RunAsync(proxy);
        using (busy)
        {
            Assert.NotEqual(7, key.Process);
            Assert.NotEqual("01020304", key.Secret);
            await CancelAsync(proxy, new BackendKey(7, "01020304"));
            Assert.Equal(0, server.Cancels);

            await CancelAsync(proxy, key);
            await Eventually.HoldsAsync(() => server.Cancels == 1, "the cancel arrived");
        }
    }

    [Fact]
    public async Task Key_of_another_session_is_ignored_without_an_answer()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost owners = server.Proxy();
        await using ProxyHost others = server.Proxy();
        (WireClient busy, BackendKey key) = await RunAsync(owners);
        (WireClient bystander, BackendKey own) = await RunAsync(others);
        using (busy)
        using (bystander)
        {
            await CancelAsync(others, key);
            await CancelAsync(owners, own);
            await CancelAsync(owners, key with { Secret = own.Secret });
            await CancelAsync(owners, key with { Process = own.Process });
            await CancelAsync(owners, key with { Secret = key.Secret + "00" });
            Assert.Equal(0, server.Cancels);

            await CancelAsync(owners, key);
            await Eventually.HoldsAsync(() => server.Cancels == 1, "the owner's cancel arrived");
        }
    }

    [Fact]
    public async Task Key_of_a_closed_connection_is_worth_nothing()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy();
        (WireClient gone, BackendKey key) = await RunAsync(proxy);
        gone.Dispose();
        await Eventually.HoldsAsync(() => proxy.Relays.All(relay => relay.IsCompleted), "the connection ended");
        int before = server.Cancels; // the gateway's own, for what was still running
        (WireClient busy, _) = await RunAsync(proxy);
        using (busy)
        {
            await CancelAsync(proxy, key);
            Assert.Equal(before, server.Cancels);
        }
    }

    [Fact]
    public async Task Flood_of_cancel_requests_does_not_reach_the_server()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy(time: new FakeTimeProvider());
        (WireClient busy, BackendKey key) = await RunAsync(proxy);
        using (busy)
        {
            for (int i = 0; i < 40; i++)
            {
                await CancelAsync(proxy, key);
            }

            Assert.InRange(server.Cancels, 0, 10);
        }
    }

    [Fact]
    public void Allowance_is_ten_at_once_and_five_a_second()
    {
        var time = new FakeTimeProvider();
        var allowance = new CancelAllowance(time);
        Assert.Equal(10, Taken());
        time.Advance(TimeSpan.FromMilliseconds(199));
        Assert.Equal(0, Taken());
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, Taken());
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, Taken());

        int Taken() => Enumerable.Range(0, 50).Count(_ => allowance.TryTake());
    }

    // A client whose query the server never answers, and the key that it was given.
    private static async Task<(WireClient Client, BackendKey Key)> RunAsync(ProxyHost proxy)
    {
        WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        await client.Query("SELECT 1").SendAsync();
        await Eventually.HoldsAsync(() => proxy.Session.IsBusy, "the query runs");
        return (client, client.Key);
    }

    // Returns when the gateway has dealt with the request, which it does without a word.
    private static async Task CancelAsync(ProxyHost proxy, BackendKey key)
    {
        using var writer = new MessageWriter();
        CancelRequest.Write(writer, key);
        using WireClient client = await WireClient.ConnectAsync(proxy.Port);
        Assert.Equal("EOF", await client.Raw(writer.Written.Span).ExchangeAsync(1));
    }
}
