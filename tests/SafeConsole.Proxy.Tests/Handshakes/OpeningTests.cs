using Microsoft.Extensions.Time.Testing;
using SafeConsole.Proxy.Postgres.Handshakes;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>How quickly a session may open connections: as ordinary clients do, and no more than a production replica bears.</summary>
public sealed class OpeningTests
{
    private const string Greeting = "R S S S S K Z:I";

    [Fact]
    public async Task Connections_beyond_those_at_once_wait_for_their_turn()
    {
        var time = new FakeTimeProvider();
        var allowance = new OpeningAllowance(new ProxyOptions(), time);
        for (int i = 0; i < 20; i++)
        {
            Assert.True(await Opened(allowance));
        }

        Task<bool> next = Opened(allowance);
        time.Advance(TimeSpan.FromMilliseconds(499));
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await next);

        // Ten wait within five seconds, one after the other; the eleventh is refused and takes nobody's turn.
        List<Task<bool>> waiting = [.. Enumerable.Range(0, 10).Select(_ => Opened(allowance))];
        Assert.False(await Opened(allowance));
        for (int i = 0; i < 10; i++)
        {
            Assert.DoesNotContain(waiting.Skip(i), one => one.IsCompleted);
            time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.True(await waiting[i]);
        }

        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(20, Enumerable.Range(0, 30).Count(_ => Opened(allowance) is { IsCompletedSuccessfully: true, Result: true }));
    }

    [Fact]
    public async Task Pool_as_large_as_the_policy_allows_is_filled_in_one_go()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy(Policy.Limits with { Connections = 40 }, new ProxyOptions { OpeningInterval = TimeSpan.FromDays(1) });

        WireClient[] pool = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => WireClient.StartAsync(proxy.Port, "recipes")));

        Assert.All(pool, client => Assert.Equal(Greeting, client.Greeting));
        Array.ForEach(pool, client => client.Dispose());
    }

    [Fact]
    public async Task Thirty_one_after_the_other_are_all_served()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy(options: new ProxyOptions { OpeningInterval = TimeSpan.FromMilliseconds(50), LongestOpeningWait = TimeSpan.FromSeconds(30) });
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(Greeting, await OpenAndCloseAsync(proxy));
        }
    }

    [Fact]
    public async Task Flood_of_connections_does_not_reach_the_server_and_is_told_why()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy(options: new ProxyOptions { OpeningInterval = TimeSpan.FromDays(1) });
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(Greeting, await OpenAndCloseAsync(proxy));
        }

        Assert.Equal("E:53300 EOF", await OpenAndCloseAsync(proxy));
        Assert.Equal("E:53300 EOF", await OpenAndCloseAsync(proxy));
        RelayEnd[] ends = await Task.WhenAll(proxy.Relays);
        Assert.Equal(2, ends.Count(end => end.Sentence.StartsWith("This session opens database connections too quickly", StringComparison.Ordinal)));
    }

    private static Task<bool> Opened(OpeningAllowance allowance) => allowance.WaitAsync(10, CancellationToken.None);

    // Those before may take a moment until they count as closed.
    private static async Task<string> OpenAndCloseAsync(ProxyHost proxy)
    {
        await Eventually.HoldsAsync(() => proxy.Relays.All(relay => relay.IsCompleted), "those before are closed");
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        return client.Greeting;
    }
}
