using SafeConsole.Proxy.Tests.Support;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>Section D of the protocol corpus, first half: errors, Sync, and messages that could put the two sides out of step.</summary>
[Collection(CaseServers.Collection)]
public sealed class ErrorCaseTests(CaseServers servers)
{
    [Theory, InlineData(true), InlineData(false)]
    [Trait("P41", "T")]
    public Task Everything_after_an_error_is_skipped_to_sync(bool onPrimary) => PlayAsync(onPrimary, async client =>
    {
        Assert.Matches("^1( 2)? E:22012 Z:I$", await client.Raw(ProtocolCases.Of("P41").All).ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Bind("", "late").Sync().ExchangeAsync(1));
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P43", "OK")]
    public Task Query_within_a_batch_gives_two_ready_messages(bool onPrimary) => PlayAsync(onPrimary, async client =>
        Assert.Equal("1 2 D:1 C:SELECT 1 T D:2 C:SELECT 1 Z:I Z:I", await client.Raw(ProtocolCases.Of("P43").All).ExchangeAsync(2)));

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P44", "D")]
    public Task Copy_from_the_client_never_begins(bool onPrimary) => PlayAsync(onPrimary, async client =>
    {
        Assert.Matches("^E:(25006|42501) Z:I$", await client.Query("COPY tags (name) FROM STDIN").ExchangeAsync(1));
        byte[] data = [(byte)'d', 0, 0, 0, 9, .. "evil\n"u8];
        Assert.Equal("E:08P01 EOF", await client.Raw(data).Query("SELECT 1").ExchangeAsync(1));
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P46", "OK")]
    public async Task Copy_to_the_client_works_within_the_limits(bool onPrimary)
    {
        await PlayAsync(onPrimary, async client => Assert.Matches(@"^H( d)+ c C:COPY \d+ Z:I$", await client.Raw(ProtocolCases.Of("P46").All).ExchangeAsync(1)));
        await using CasePlay limited = await CasePlay.BeginAsync(servers, onPrimary, Policy.Limits with { RowsPerStatement = 2 });
        using WireClient client = await limited.StartAsync();
        Assert.Equal("H d d E:54000 Z:I", await client.Raw(ProtocolCases.Of("P46").All).ExchangeAsync(1));
    }

    [Theory, InlineData("P47"), InlineData("P49")]
    [Trait("P47", "D"), Trait("P49", "D")]
    public Task Text_with_a_zero_byte_inside_or_none_at_its_end_closes(string id) => PlayAsync(true, async client =>
        Assert.Equal("E:08P01 EOF", await client.Raw(ProtocolCases.Of(id).All).ExchangeAsync(1)));

    [Theory, InlineData(0), InlineData(1)]
    [Trait("P50", "D")]
    public Task Impossible_length_closes(int line) => PlayAsync(true, async client =>
        Assert.Equal("E:08P01 EOF", await client.Raw(ProtocolCases.Of("P50").Sent[line]).ExchangeAsync(1)));

    [Theory, InlineData(1), InlineData(2), InlineData(int.MaxValue)]
    [Trait("P52", "OK")]
    public Task Borders_of_segments_mean_nothing(int piece) => PlayAsync(true, async client =>
    {
        client.Raw(ProtocolCases.Of("P43").All).Raw(ProtocolCases.Of("P53").All).Raw(ProtocolCases.Of("P34").All).Query("DELETE FROM reviews");
        Assert.Equal("1 2 D:1 C:SELECT 1 T D:2 C:SELECT 1 Z:I Z:I I Z:I 1 2 I Z:I 1 Z:I E:42P05 Z:I E:25006 Z:I", await client.ExchangeAsync(7, piece));
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P53", "OK")]
    public Task Empty_queries_are_answered(bool onPrimary) => PlayAsync(onPrimary, async client =>
    {
        Assert.Equal("I Z:I", await client.Raw(ProtocolCases.Of("P53").Sent[0]).ExchangeAsync(1));
        Assert.Equal("1 2 I Z:I", await client.Raw(ProtocolCases.Of("P53").Sent[1]).ExchangeAsync(1));
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P64", "OK")]
    public Task Resets_of_a_pool_leave_the_guards(bool onPrimary) => PlayAsync(onPrimary, async client =>
    {
        await client.Query("SET statement_timeout = 0").Query("SET default_transaction_read_only = off").Query("SET statement_timeout = '2s'").ExchangeAsync(3);
        Assert.Equal("T D:2s C:SHOW Z:I", await client.Query("SHOW statement_timeout").ExchangeAsync(1));
        foreach (string reset in new[] { "RESET ALL", "DISCARD ALL" })
        {
            Assert.EndsWith("Z:I", await client.Query(reset).ExchangeAsync(1), StringComparison.Ordinal);
            await CasePlay.AssertGuardedAsync(client);
        }
    });

    private async Task PlayAsync(bool onPrimary, Func<WireClient, Task> conversation)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        using WireClient client = await play.StartAsync();
        await conversation(client);
    }
}
