using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Handshakes;

/// <summary>First packets, case by case (tests P01 to P19 of the protocol corpus). The server is scripted: none of this may depend on it.</summary>
public sealed class StartupTests
{
    [Theory]
    [InlineData("")]
    [InlineData("00000008 04d2162f")] // SSLRequest
    [InlineData("00000008 04d21630")] // GSSENCRequest
    [InlineData("00000008 04d21630 00000008 04d2162f")]
    public async Task Encryption_is_answered_with_no_and_start_up_goes_on(string requests)
    {
        byte[] before = Hex(requests);
        await WithProxyAsync(async (_, client) =>
        {
            await client.Raw(before).Raw(Startup("user", "safe_reader", "database", "recipes")).SendAsync();
            var answers = new byte[before.Length / 8];
            await client.Stream.ReadExactlyAsync(answers);
            Assert.All(answers, answer => Assert.Equal((byte)'N', answer));
            Assert.Equal("R S S S S K Z:I", await client.ReadAsync(1));
        });
    }

    [Theory]
    [InlineData("user", "safe_reader")] // P11: the database is the policy's
    [InlineData("user", "safe_reader", "database", "recipes", "application_name", "psql", "client_encoding", "UTF8", "DateStyle", "ISO", "TimeZone", "UTC", "extra_float_digits", "2")]
    public Task Ordinary_start_is_greeted(params string[] parameters) =>
        ExpectAsync("R S S S S K Z:I", Startup(parameters));

    [Theory]
    [InlineData("default_transaction_read_only", "off")]
    [InlineData("statement_timeout", "0")]
    [InlineData("client_encoding", "SJIS")]
    [InlineData("search_path", "evil")]
    public Task What_could_disarm_a_guard_is_left_out_and_said_so(string name, string value) =>
        ExpectAsync("R S S S S K N:00000 Z:I", Startup("user", "safe_reader", "database", "recipes", name, value));

    [Theory]
    [InlineData("E:08P01 EOF", "user", "safe_reader", "user", "postgres")] // P05
    [InlineData("E:08P01 EOF", "user", "safe_reader", "database", "recipes", "DATABASE", "other")]
    [InlineData("E:42501 EOF", "user", "safe_reader", "replication", "database")] // P07
    [InlineData("E:42501 EOF", "user", "safe_reader", "replication", "true")] // P08
    [InlineData("E:42501 EOF", "user", "safe_reader", "replication", "off")]
    [InlineData("E:3D000 EOF", "user", "safe_reader", "database", "analytics")] // P10
    [InlineData("E:28000 EOF", "user", "postgres", "database", "recipes")]
    public Task Start_as_somebody_else_or_twice_is_refused(string expected, params string[] parameters) =>
        ExpectAsync(expected, Startup(parameters));

    [Theory]
    [InlineData("v R S S S S K Z:I", 0x0003_0002)] // P13
    [InlineData("v R S S S S K Z:I", 0x0003_270F)]
    [InlineData("E:08P01 EOF", 0x0002_0000)] // P14
    [InlineData("E:08P01 EOF", 0x0004_0000)]
    public Task Other_protocol_versions_are_negotiated_or_refused(string expected, int version) =>
        ExpectAsync(expected, Startup(version, "user", "safe_reader"));

    [Fact]
    public Task Unknown_protocol_options_are_negotiated_away() =>
        ExpectAsync("v R S S S S K Z:I", Startup("user", "safe_reader", "_pq_.compression", "on"));

    [Theory]
    [InlineData("16030102")] // P17: a TLS ClientHello without a request
    [InlineData("00000007000300")]
    [InlineData("7fffffff00030000")]
    [InlineData("ffffffff00030000")]
    [InlineData("0000000900030000ff")]
    [InlineData("00000008 04d2162f 00000008 04d2162f 00000008 04d2162f")]
    public async Task Broken_first_packet_is_refused(string hex) => await WithProxyAsync(async (proxy, client) =>
    {
        await client.Raw(Hex(hex)).SendAsync();
        await Eventually.HoldsAsync(() => proxy.Relays.Any(relay => relay.IsCompleted), "the connection ended");
        Assert.Equal(RelayStage.Startup, (await Assert.Single(proxy.Relays)).Stage);
        Assert.Empty(proxy.Recorded.Of<DatabaseConnected>());
    });

    [Fact]
    public async Task Cancel_with_a_foreign_key_reaches_nobody_and_gets_no_answer()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy();
        using WireClient busy = await WireClient.StartAsync(proxy.Port, "recipes");
        busy.Query("SELECT 1");
        await busy.SendAsync();
        using WireClient canceller = await WireClient.ConnectAsync(proxy.Port);

        Assert.Equal("EOF", await canceller.Raw(Hex("00000010 04d2162e 00001267 01020304")).ExchangeAsync(1));

        Assert.Equal(0, server.Cancels);
    }

    private static Task ExpectAsync(string expected, byte[] startup) => WithProxyAsync(async (_, client) =>
        Assert.Equal(expected, await client.Raw(startup).ExchangeAsync(1)));

    private static async Task WithProxyAsync(Func<ProxyHost, WireClient, Task> test)
    {
        await using var server = FakeServer.Answering((_, _) => { });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.ConnectAsync(proxy.Port);
        await test(proxy, client);
    }

    private static byte[] Startup(params string[] parameters) => Startup(0x0003_0000, parameters);

    private static byte[] Startup(int version, params string[] parameters)
    {
        using var writer = new Postgres.Protocol.MessageWriter();
        writer.Begin().WriteInt32(version);
        foreach (string part in parameters)
        {
            writer.WriteText(part);
        }

        writer.WriteByte(0).End();
        return writer.Written.ToArray();
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
