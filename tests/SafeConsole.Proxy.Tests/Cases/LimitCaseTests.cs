using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>Section D of the protocol corpus, second half: clients that hold the server up, on purpose or not.</summary>
[Collection(CaseServers.Collection)]
public sealed class LimitCaseTests(CaseServers servers)
{
    private const string LongRead = "SELECT count(*) FROM recipes a, recipes b, recipes c, recipes d";

    private static readonly ProxyOptions Quick = new() { CancelAfter = TimeSpan.FromMilliseconds(300), CloseAfter = TimeSpan.FromMilliseconds(600) };

    private static readonly LimitPolicy ShortIdle = Policy.Limits with { IdleInTransaction = TimeSpan.FromMilliseconds(500) };

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P55", "L")]
    public async Task Client_that_stops_reading_is_cut_off(bool onPrimary)
    {
        LimitPolicy limits = Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(1), BytesPerStatement = long.MaxValue, RowsPerStatement = long.MaxValue };
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, limits, Quick);
        using WireClient client = await play.StartAsync();
        // A series in FROM would be made as a whole first, and the server's own time could be over before a row is sent.
        await client.Query("SELECT generate_series(1, 3000000), repeat('x', 1000)").SendAsync();

        await AssertCutAsync(play);
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P56", "L")]
    public async Task One_row_and_silence_is_cut_off(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, ShortIdle);
        using WireClient client = await play.StartAsync();
        await client.Raw(ProtocolCases.Of("P56").All).SendAsync();

        await AssertCutAsync(play);
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P58", "L")]
    public async Task Cursor_and_silence_is_cut_off(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, ShortIdle);
        using WireClient client = await play.StartAsync();
        client.Query("BEGIN").Query("DECLARE c CURSOR FOR SELECT g FROM generate_series(1, 4) g").Query("FETCH 1 FROM c");
        Assert.Equal("C:BEGIN Z:T C:DECLARE CURSOR Z:T T D:1 C:FETCH 1 Z:T", await client.ExchangeAsync(3));

        Assert.Matches("^E:(25P03|57P01) EOF$", await client.ReadAsync(1));
        await AssertCutAsync(play);
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P59", "L")]
    public async Task Many_statements_in_one_message_share_the_gateways_clock(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(1) }, new ProxyOptions { CancelAfter = TimeSpan.FromMilliseconds(500) });
        using WireClient client = await play.StartAsync();

        string answer = await client.Query(string.Concat(Enumerable.Repeat("SELECT count(*) FROM generate_series(1, 300000);", 200))).ExchangeAsync(1);

        Assert.EndsWith("E:57014 Z:I", answer, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P61", "L")]
    public async Task Client_that_vanishes_leaves_nothing_running(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(60) });
        using (WireClient client = await play.StartAsync())
        {
            await client.Query(LongRead).SendAsync();
            await Eventually.HoldsAsync(async () => await RunningAsync(onPrimary) == "1", "the query runs on the server");
        }

        await AssertCutAsync(play);
    }

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P62", "L")]
    public async Task Idle_transaction_is_ended_and_cannot_ask_for_more_time(bool onPrimary)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary, ShortIdle);
        using WireClient client = await play.StartAsync();
        Assert.EndsWith("C:SET Z:I", await client.Query("SET idle_in_transaction_session_timeout = 0").ExchangeAsync(1), StringComparison.Ordinal);
        Assert.Equal("C:BEGIN Z:T T D:1 C:SELECT 1 Z:T", await client.Query("BEGIN").Query("SELECT 1").ExchangeAsync(2));

        Assert.Matches("^E:(25P03|57P01) EOF$", await client.ReadAsync(1));
        await AssertCutAsync(play);
    }

    private async Task AssertCutAsync(CasePlay play)
    {
        await Eventually.HoldsAsync(() => play.Proxy.Relays.All(relay => relay.IsCompleted), "the relay ended");
        await Eventually.HoldsAsync(async () => await RunningAsync(play.OnPrimary) == "0", "nothing runs on the server");
    }

    private Task<string> RunningAsync(bool onPrimary) =>
        servers.AskAsync(onPrimary, "SELECT count(*)::text FROM pg_stat_activity WHERE usename = 'dev' AND backend_type = 'client backend' AND state <> 'idle'");
}
