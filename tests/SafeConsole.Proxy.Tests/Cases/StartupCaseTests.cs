using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>Section A of the protocol corpus: the first packet.</summary>
[Collection(CaseServers.Collection)]
public sealed class StartupCaseTests(CaseServers servers)
{
    [Theory, InlineData(true), InlineData(false)]
    [Trait("P01", "D")]
    public Task Options_do_not_switch_the_guard_off(bool onPrimary) => ExpectGuardedAsync(onPrimary, ProtocolCases.Of("P01").All);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P02", "D")]
    public Task Parameter_of_its_own_does_not_override_the_guard(bool onPrimary) => ExpectGuardedAsync(
        onPrimary, CasePlay.Startup("user", "dev", "database", "recipes", "options", "-c default_transaction_read_only=on", "default_transaction_read_only", "off"));

    [Theory]
    [InlineData(true, "-c default_transaction_read_only=on -c default_transaction_read_only=off")]
    [InlineData(true, "-cstatement_timeout=1s --statement-timeout=0")]
    [InlineData(false, @"-c\ default_transaction_read_only=off -c default_transaction_read_only=\o\f\f --default-transaction-read-only=off")]
    [Trait("P04", "D")]
    public Task Repeated_switch_in_options_changes_no_guard(bool onPrimary, string options) =>
        ExpectGuardedAsync(onPrimary, CasePlay.Startup("user", "dev", "database", "recipes", "options", options));

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P05", "D")]
    public Task Repeated_user_is_refused(bool onPrimary) => ExpectAsync(onPrimary, "E:08P01 EOF", ProtocolCases.Of("P05").All);

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P07", "D")]
    public Task Logical_replication_is_refused(bool onPrimary) => ExpectAsync(onPrimary, "E:42501 EOF", ProtocolCases.Of("P07").All);

    [Theory, InlineData("true"), InlineData("on"), InlineData("1"), InlineData("yes"), InlineData("off"), InlineData("")]
    [Trait("P08", "D")]
    public Task Physical_replication_is_refused(string value) => ExpectAsync(true, "E:42501 EOF", CasePlay.Startup("user", "dev", "database", "recipes", "replication", value));

    [Theory]
    [InlineData("E:3D000 EOF", "dev", "analytics")]
    [InlineData("E:28000 EOF", "postgres", "recipes")]
    [InlineData("E:28000 EOF", "safe_reader", "recipes")]
    [Trait("P10", "D")]
    public Task Other_user_or_database_is_refused(string expected, string user, string database) => ExpectAsync(true, expected, CasePlay.Startup("user", user, "database", database));

    [Fact]
    [Trait("P11", "D")]
    public async Task Database_is_always_the_policys()
    {
        await ExpectAsync(true, "E:3D000 EOF", CasePlay.Startup("user", "dev", "database", "replication"));
        await ExpectAsync(true, "E:3D000 EOF", CasePlay.Startup("user", "dev", "database", ""));
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary: true);
        (WireClient client, _) = await play.SendFirstAsync(CasePlay.Startup("user", "dev"));
        using (client)
        {
            Assert.Equal("T D:recipes C:SELECT 1 Z:I", await client.Query("SELECT current_database()").ExchangeAsync(1));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P13", "OK")]
    public async Task Newer_minor_version_and_unknown_protocol_options_are_negotiated_down(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        (WireClient client, string greeting) = await play.SendFirstAsync(ProtocolCases.Of("P13").All);
        using (client)
        {
            Assert.Matches("^v R (S )+K Z:I$", greeting);
            Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT 1").ExchangeAsync(1));
        }

        using WireClient second = await play.StartAsync("_pq_.compression", "on");
        await CasePlay.AssertGuardedAsync(second);
    }

    [Fact]
    [Trait("P14", "D")]
    public Task Protocol_2_is_closed() => ExpectAsync(true, "E:08P01 EOF", ProtocolCases.Of("P14").All);

    [Fact]
    [Trait("P16", "D")]
    public async Task Encryption_is_never_begun_and_what_follows_the_request_is_read_as_the_next_packet()
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary: true);
        using WireClient client = await WireClient.ConnectAsync(play.Proxy.Port);
        await client.Raw(ProtocolCases.Of("P16").All).Raw(CasePlay.Startup("user", "dev")).SendAsync();
        var answer = new byte[1];
        await client.Stream.ReadExactlyAsync(answer);
        Assert.Equal((byte)'N', answer[0]);
        Assert.EndsWith("K Z:I", await client.ReadAsync(1), StringComparison.Ordinal);

        using WireClient injecting = await WireClient.ConnectAsync(play.Proxy.Port);
        await injecting.Raw(ProtocolCases.Of("P16").All).Query("DELETE FROM reviews").SendAsync();
        await injecting.Stream.ReadExactlyAsync(answer);
        Assert.Equal((byte)'N', answer[0]);
        Assert.Equal("E:08P01 EOF", await injecting.ReadAsync(1));
    }

    [Theory, InlineData(1), InlineData(3)]
    [Trait("P17", "T")]
    public Task Direct_tls_is_closed_by_its_first_byte(int sent) => ExpectAsync(true, "E:08P01 EOF", ProtocolCases.Of("P17").All[..sent]);

    [Fact]
    [Trait("P19", "D")]
    public async Task Cancel_request_with_a_wrong_key_is_ignored_without_an_answer()
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary: true);
        using WireClient busy = await play.StartAsync();
        await busy.Query("SELECT count(*) FROM generate_series(1, 3000000)").SendAsync();
        await Eventually.HoldsAsync(() => play.Proxy.Session.IsBusy, "the query runs");

        (WireClient canceller, string answer) = await play.SendFirstAsync(ProtocolCases.Of("P19").All);
        canceller.Dispose();

        Assert.Equal("EOF", answer);
        Assert.Equal("T D:3000000 C:SELECT 1 Z:I", await busy.ReadAsync(1));
    }

    [Fact]
    public void Cancel_keys_of_4_to_256_bytes_are_read_and_written()
    {
        foreach (int length in new[] { 4, 5, 32, 255, 256 })
        {
            using var writer = new MessageWriter();
            CancelRequest.Write(writer, new BackendKey(7, Convert.ToHexString(new byte[length])));
            Assert.True(StartupPacket.TryRead(writer.Written.Span, out StartupPacket packet));
            Assert.Equal(new BackendKey(7, Convert.ToHexString(new byte[length])), CancelRequest.Read(packet.Body));
        }

        Assert.Throws<ProtocolFaultException>(() => BackendKeyDataMessage.Read(new byte[4 + 3]));
        Assert.Throws<ProtocolFaultException>(() => BackendKeyDataMessage.Read(new byte[4 + 257]));
    }

    private async Task ExpectAsync(bool onPrimary, string expected, byte[] first)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        (WireClient client, string answer) = await play.SendFirstAsync(first);
        client.Dispose();
        Assert.Equal(expected, answer);
    }

    private async Task ExpectGuardedAsync(bool onPrimary, byte[] first)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        (WireClient client, string answer) = await play.SendFirstAsync(first);
        using (client)
        {
            Assert.Matches("^R (S )+K (N:00000 )+Z:I$", answer);
            await CasePlay.AssertGuardedAsync(client);
        }
    }
}
