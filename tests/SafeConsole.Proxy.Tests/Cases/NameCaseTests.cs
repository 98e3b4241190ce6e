using System.Globalization;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Cases;

/// <summary>Section C of the protocol corpus: statements, portals and cursors by name.</summary>
[Collection(CaseServers.Collection)]
public sealed class NameCaseTests(CaseServers servers)
{
    [Theory, InlineData(true), InlineData(false)]
    [Trait("P32", "T")]
    public Task Name_given_by_sql_prepare_can_be_bound_until_it_is_deallocated(bool onPrimary) => PlayAsync(onPrimary, async (_, client) =>
    {
        byte[] bind = ProtocolCases.Of("P32").All;
        Assert.Equal("E:26000 Z:I", await client.Raw(bind).ExchangeAsync(1));
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE s1 AS SELECT 8").ExchangeAsync(1));
        Assert.Equal("2 D:8 C:SELECT 1 Z:I", await client.Raw(bind).ExchangeAsync(1));
        foreach (string end in new[] { "DEALLOCATE s1", "DEALLOCATE ALL", "DISCARD ALL" })
        {
            Assert.EndsWith("Z:I", await client.Query(end).ExchangeAsync(1), StringComparison.Ordinal);
            Assert.Equal("E:26000 Z:I", await client.Raw(bind).ExchangeAsync(1));
            Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE s1 AS SELECT 8").ExchangeAsync(1));
        }
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P34", "T")]
    public Task Second_parse_of_a_name_fails_and_the_first_text_stays(bool onPrimary) => PlayAsync(onPrimary, async (play, client) =>
    {
        Assert.Equal("1 Z:I E:42P05 Z:I", await client.Raw(ProtocolCases.Of("P34").All).ExchangeAsync(2));
        Assert.Equal("2 D:1 C:SELECT 1 Z:I", await client.Bind("", "s2").Execute("").Sync().ExchangeAsync(1));
        AssertBound(play, "SELECT 1");
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P35", "T")]
    public Task Closed_name_takes_the_next_text(bool onPrimary) => PlayAsync(onPrimary, async (play, client) =>
    {
        Assert.Equal("1 Z:I", await client.Parse("s2", "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("3 1 Z:I", await client.Raw(ProtocolCases.Of("P35").All).ExchangeAsync(1));
        Assert.Equal("2 D:2 C:SELECT 1 Z:I", await client.Bind("", "s2").Execute("").Sync().ExchangeAsync(1));
        AssertBound(play, "SELECT 2");
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P37", "T")]
    public Task Portals_and_cursors_are_one_space_of_names(bool onPrimary) => PlayAsync(onPrimary, async (_, client) =>
    {
        IReadOnlyList<byte[]> sent = ProtocolCases.Of("P37").Sent;
        Assert.Equal("C:BEGIN Z:T", await client.Query("BEGIN").ExchangeAsync(1));
        Assert.Equal("1 2 Z:T", await client.Parse("", "SELECT g FROM generate_series(1, 3) g").Raw(sent[0]).ExchangeAsync(1));
        Assert.Equal("T D:1 D:2 C:FETCH 2 Z:T", await client.Raw(sent[1]).ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:T D:1 D:2 s Z:T", await client.Raw(sent[2]).ExchangeAsync(2));
        Assert.Equal("C:ROLLBACK Z:I E:34000 Z:I", await client.Query("ROLLBACK").Execute("cur").Sync().ExchangeAsync(2));
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P38", "T")]
    public Task First_name_of_a_bind_is_the_portals(bool onPrimary) => PlayAsync(onPrimary, async (play, client) =>
    {
        client.Parse("one", "SELECT 5").Parse("two", "SELECT 6").Bind("two", "one").Execute("two").Sync();
        Assert.Equal("1 1 2 D:5 C:SELECT 1 Z:I", await client.ExchangeAsync(1));
        AssertBound(play, "SELECT 5");
    });

    [Theory, InlineData(true), InlineData(false)]
    [Trait("P40", "L")]
    public Task Prepared_statements_are_limited_on_the_server_as_well(bool onPrimary) => PlayAsync(onPrimary, async (_, client) =>
    {
        for (int i = 0; i < 2_000; i++)
        {
            client.Parse(string.Create(CultureInfo.InvariantCulture, $"s{i}"), "SELECT 1");
        }

        Task<string> answering = client.Sync().ReadAsync(1);
        await client.SendAsync();
        string[] answer = (await answering).Split(' ');
        int given = answer.Count(one => one == "1");
        Assert.InRange(given, 1, 1_000);
        Assert.Equal(["E:54000", "Z:I"], answer[given..]);
        Assert.Equal($"T D:{given} C:SELECT 1 Z:I", await client.Query("SELECT count(*) FROM pg_prepared_statements").ExchangeAsync(1));
    });

    private static void AssertBound(CasePlay play, string sql) => Assert.Equal(
        play.Proxy.Recorded.Of<StatementSubmitted>().First(submitted => submitted.Sql == sql).Statement, Assert.Single(play.Proxy.Recorded.Of<StatementBound>()).Statement);

    private async Task PlayAsync(bool onPrimary, Func<CasePlay, WireClient, Task> conversation)
    {
        await using CasePlay play = await CasePlay.BeginAsync(servers, onPrimary);
        using WireClient client = await play.StartAsync();
        await conversation(play, client);
    }
}
