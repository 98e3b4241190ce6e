using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Faults;

/// <summary>A server that does what a good replica does not.</summary>
public sealed class ServerFaultTests
{
    [Theory]
    [InlineData('G')] // CopyInResponse
    [InlineData('W')] // CopyBothResponse
    [InlineData('V')] // FunctionCallResponse
    [InlineData('A')] // NotificationResponse: LISTEN is denied
    [InlineData('R')] // a second log-in
    [InlineData('1')] // answers nothing that was sent
    [InlineData('!')]
    public async Task Unexpected_message_ends_the_connection_and_is_not_passed_on(char type)
    {
        await using var server = FakeServer.Answering((_, writer) => writer.Begin((byte)type).WriteInt16(0).End());
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("E:57P01 EOF", await client.Query("SELECT 1").ExchangeAsync(1));
        Assert.Equal(RelaySide.Replica, (await Assert.Single(proxy.Relays)).Side);
    }

    [Theory]
    [InlineData("in_hot_standby", "off", "promoted")]
    [InlineData("default_transaction_read_only", "off", "read-only")]
    [InlineData("standard_conforming_strings", "off", "string literals")]
    [InlineData("client_encoding", "SJIS", "encoding")]
    public async Task Tripwire_cuts_every_connection_of_the_session_before_anything_more_is_passed_on(string name, string value, string expected)
    {
        await using var server = FakeServer.Answering((type, writer) =>
        {
            new ParameterStatusMessage(name, value).Write(writer);
            FakeServer.Row(writer, "after the tripwire");
            FakeServer.Complete(writer, "SELECT 1");
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient bystander = await WireClient.StartAsync(proxy.Port, "recipes");
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("E:57P01 EOF", await client.Query("SELECT 1").ExchangeAsync(1));
        Assert.Equal("E:57P01 EOF", await bystander.ReadAsync(1));
        Assert.Contains(expected, await proxy.Session.Tripped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_settings_pass_and_trip_nothing()
    {
        await using var server = FakeServer.Answering((_, writer) =>
        {
            new ParameterStatusMessage("TimeZone", "UTC").Write(writer);
            FakeServer.Complete(writer, "SET");
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("S C:SET Z:I", await client.Query("SELECT 1").ExchangeAsync(1));
        Assert.False(proxy.Session.Tripped.IsCompleted);
    }

    [Fact]
    public async Task Refused_statement_that_the_server_runs_all_the_same_ends_the_connection()
    {
        await using var server = FakeServer.Answering((_, writer) => FakeServer.Complete(writer, "DELETE 1"));
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("E:57P01 EOF", await client.Query("DELETE FROM recipes").ExchangeAsync(1));
    }

    [Fact]
    public async Task Server_that_closes_in_mid_row_leaves_no_message_behind_the_torn_one()
    {
        await using var server = new FakeServer(async (_, _, stream, token) =>
        {
            await stream.WriteAsync(new byte[] { (byte)'D', 0, 0, 1, 0, 0, 1 }, token);
            return false;
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        client.Query("SELECT 1");
        await client.SendAsync();

        await Eventually.HoldsAsync(() => proxy.Relays.Any(relay => relay.IsCompleted), "the relay ended");

        var rest = new byte[100];
        Assert.Equal(7, await client.Stream.ReadAtLeastAsync(rest, 100, throwOnEndOfStream: false));
        Assert.Equal("The replica closed the connection.", (await proxy.Relays.Single()).Sentence);
    }

    [Fact]
    public async Task Servers_own_goodbye_reaches_the_client()
    {
        await using var server = new FakeServer(async (_, writer, stream, token) =>
        {
            new ErrorMessage("FATAL", "57P01", "terminating connection due to administrator command").WriteError(writer);
            await stream.WriteAsync(writer.Written, token);
            return false;
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("E:57P01 EOF", await client.Query("SELECT 1").ExchangeAsync(1));
        Assert.Contains("administrator command", (await proxy.Relays.Single()).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_swallows_the_cancel_is_cut_off()
    {
        await using var server = FakeServer.Answering((_, _) => { });
        var options = new ProxyOptions { CancelAfter = TimeSpan.FromMilliseconds(100), CloseAfter = TimeSpan.FromMilliseconds(400) };
        await using ProxyHost proxy = server.Proxy(Policy.Limits with { StatementTimeout = TimeSpan.FromMilliseconds(300) }, options);
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");

        Assert.Equal("E:57P01 EOF", await client.Query("SELECT 1").ExchangeAsync(1));
        await Eventually.HoldsAsync(() => server.Cancels >= 1, "the cancel, on a connection of its own, arrives");
    }

    [Fact]
    public async Task Nothing_is_sent_to_the_server_before_the_record_is_durable()
    {
        int queries = 0;
        await using var server = FakeServer.Answering((_, writer) =>
        {
            Interlocked.Increment(ref queries);
            FakeServer.Complete(writer, "SELECT 0");
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        proxy.Recorded.Hold();
        client.Query("SELECT 1");
        await client.SendAsync();
        await Eventually.HoldsAsync(() => proxy.Recorded.Of<StatementJudged>().Any(), "the statement is judged");
        Assert.Equal(0, Volatile.Read(ref queries));

        proxy.Recorded.Release();

        Assert.Equal("C:SELECT 0 Z:I", await client.ReadAsync(1));
        Assert.Equal(1, Volatile.Read(ref queries));
    }

    /// <summary>What comes behind a refused Parse is recorded and goes no further, so nothing but the record can make its sender wait.</summary>
    [Fact]
    public async Task What_is_recorded_and_not_sent_is_taken_no_faster_than_it_is_recorded()
    {
        const int binds = 128;
        await using var server = FakeServer.Answering((type, writer) =>
        {
            if (type == FrontendType.Parse)
            {
                new ErrorMessage("ERROR", "42601", "syntax error").WriteError(writer);
            }
        });
        await using ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        await client.Parse("", "DELETE FROM recipes").Bind("", "", "1").SendAsync();
        await Eventually.HoldsAsync(() => proxy.Recorded.Of<StatementBound>().Any(), "the first one is recorded");
        proxy.Recorded.Hold();
        for (int i = 0; i < binds; i++)
        {
            client.Bind("", "", new string('x', 256 * 1024));
        }

        // Many times what the sockets hold.
        Task sending = client.SendAsync();
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromSeconds(1)));
        bool taken = sending.IsCompleted;
        proxy.Recorded.Release();
        Assert.False(taken);

        await sending.WaitAsync(TimeSpan.FromSeconds(20));
        await Eventually.HoldsAsync(() => proxy.Recorded.Of<StatementBound>().Count() == 1 + binds, "all of them are recorded");
    }

    [Fact]
    public async Task Transcript_that_fails_ends_the_connection_and_nothing_is_sent()
    {
        int queries = 0;
        await using var server = FakeServer.Answering((_, _) => Interlocked.Increment(ref queries));
        ProxyHost proxy = server.Proxy();
        using WireClient client = await WireClient.StartAsync(proxy.Port, "recipes");
        proxy.Recorded.Fail();

        Assert.Equal("E:57P01 EOF", await client.Query("SELECT 1").ExchangeAsync(1));

        Assert.Equal(0, Volatile.Read(ref queries));
        await Assert.ThrowsAsync<Transcripts.TranscriptFailedException>(() => proxy.Relays.Single());
        await Assert.ThrowsAsync<Transcripts.TranscriptFailedException>(async () => await proxy.DisposeAsync());
    }
}
