using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>One play of a case on a server of its choice: a session, and at the end the assertion that nothing on either server has changed.</summary>
internal sealed class CasePlay : IAsyncDisposable
{
    private readonly CaseServers servers;
    private readonly string before;

    private CasePlay(CaseServers servers, bool onPrimary, ProxyHost proxy, string before)
    {
        this.servers = servers;
        this.before = before;
        OnPrimary = onPrimary;
        Proxy = proxy;
    }

    public bool OnPrimary { get; }

    public ProxyHost Proxy { get; }

    public static async Task<CasePlay> BeginAsync(CaseServers servers, bool onPrimary, LimitPolicy? limits = null, ProxyOptions? options = null) =>
        new(servers, onPrimary, servers.Open(onPrimary, limits, options), await servers.EffectsAsync());

    /// <summary>A client whose first bytes are the test's.</summary>
    public async Task<(WireClient Client, string Answer)> SendFirstAsync(ReadOnlyMemory<byte> bytes)
    {
        WireClient client = await WireClient.ConnectAsync(Proxy.Port);
        return (client, await client.Raw(bytes.Span).ExchangeAsync(1));
    }

    /// <summary>A client that was let in, with more start-up parameters where given.</summary>
    public async Task<WireClient> StartAsync(params string[] more)
    {
        (WireClient client, string greeting) = await SendFirstAsync(Startup(["user", "dev", "database", "recipes", .. more]));
        Assert.EndsWith("Z:I", greeting, StringComparison.Ordinal);
        return client;
    }

    /// <summary>Asserts that the guards are in force on the client's connection.</summary>
    public static async Task AssertGuardedAsync(WireClient client)
    {
        Assert.Equal("T D:on C:SHOW Z:I", await client.Query("SHOW default_transaction_read_only").ExchangeAsync(1));
        Assert.Equal("T D:5s C:SHOW Z:I", await client.Query("SHOW statement_timeout").ExchangeAsync(1));
        Assert.Matches("^E:(25006|42501) Z:I$", await client.Query("DELETE FROM reviews").ExchangeAsync(1));
    }

    public static byte[] Startup(params string[] parameters)
    {
        using var writer = new MessageWriter();
        writer.Begin().WriteInt32(StartupPacket.Version3);
        foreach (string part in parameters)
        {
            writer.WriteText(part);
        }

        writer.WriteByte(0).End();
        return writer.Written.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        Assert.Equal(before, await servers.EffectsAsync());
    }
}
