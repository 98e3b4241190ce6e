using System.Globalization;
using System.Text;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>Exact messages to the real standby: pipelines, names, errors, and that a denial leaves the conversation as PostgreSQL leaves it after an error.</summary>
[Collection(RealReplica.Collection)]
public sealed class ConversationTests(RealReplica replica)
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task Messages_arrive_in_pieces_of_any_size(int piece)
    {
        await RunAsync(async client =>
        {
            client.Query("SELECT 1").Parse("s", "SELECT $1::int + 1").Bind("", "s", "41").Describe('P', "").Execute("").Sync();
            Assert.Equal("T D:1 C:SELECT 1 Z:I 1 2 T D:42 C:SELECT 1 Z:I", await client.ExchangeAsync(2, piece));
        });
    }

    [Fact]
    public Task Simple_query_of_several_statements_gives_every_result() => RunAsync(async client =>
        Assert.Equal("T D:1 C:SELECT 1 T D:2 C:SELECT 1 Z:I", await client.Query("SELECT 1; SELECT 2").ExchangeAsync(1)));

    [Fact]
    public Task Simple_query_with_one_denied_statement_runs_none_of_it() => RunAsync(async client =>
        Assert.Equal("E:25006 Z:I", await client.Query("SELECT 1; DELETE FROM recipes; SELECT 2").ExchangeAsync(1)));

    [Fact]
    public Task Empty_queries_are_answered_as_empty() => RunAsync(async client =>
    {
        Assert.Equal("I Z:I", await client.Query("").ExchangeAsync(1));
        Assert.Equal("1 2 I Z:I", await client.Parse("", "").Bind("", "").Execute("").Sync().ExchangeAsync(1));
    });

    [Fact]
    public Task Denial_in_a_transaction_leaves_it_failed_in_both_protocols() => RunAsync(async client =>
    {
        Assert.Equal("C:BEGIN Z:T", await client.Query("BEGIN").ExchangeAsync(1));
        Assert.Equal("E:25006 Z:E", await client.Query("DELETE FROM recipes").ExchangeAsync(1));
        Assert.Equal("E:25P02 Z:E", await client.Query("SELECT 1").ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I C:BEGIN Z:T", await client.Query("ROLLBACK").Query("BEGIN").ExchangeAsync(2));
        Assert.Equal("E:25006 Z:E", await client.Parse("", "DELETE FROM recipes").Bind("", "").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I", await client.Query("ROLLBACK").ExchangeAsync(1));
    });

    [Fact]
    public Task Denied_parse_skips_to_sync_and_what_stood_before_it_is_answered_first() => RunAsync(async client =>
    {
        client.Parse("", "SELECT 1").Bind("", "").Execute("").Parse("", "DELETE FROM recipes").Bind("", "").Execute("").Parse("late", "SELECT 3").Sync();
        Assert.Equal("1 2 D:1 C:SELECT 1 E:25006 Z:I", await client.ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Bind("", "late").Sync().ExchangeAsync(1));
    });

    [Fact]
    public async Task Parameters_for_what_was_denied_are_recorded_with_it_and_not_with_what_had_its_name_before()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await client.Parse("", "SELECT $1::int").Bind("", "", "1").Execute("").Sync().ExchangeAsync(1);
        string answers = await client.Parse("", "DELETE FROM recipes WHERE id = $1").Describe('S', "").Bind("", "", "41").Describe('P', "").Execute("")
            .Parse("", "SELECT 2 + $1").Bind("", "", "3").Execute("").Sync().ExchangeAsync(1);

        Assert.Equal("E:25006 Z:I", answers);
        int Number(string sql) => proxy.Recorded.Of<StatementSubmitted>().Single(submitted => submitted.Sql.StartsWith(sql, StringComparison.Ordinal)).Statement;
        Assert.Equal(
            [(Number("SELECT $1"), "1"), (Number("DELETE"), "41"), (Number("SELECT 2"), "3")],
            proxy.Recorded.Of<StatementBound>().Select(bound => (bound.Statement, bound.Parameters.Single()!)));
        Assert.Equal(
            [(Number("SELECT $1"), null), (Number("SELECT 2"), "25P02")],
            proxy.Recorded.Of<StatementCompleted>().Where(completed => completed.Statement != Number("DELETE")).Select(completed => (completed.Statement, completed.SqlState)));
        Assert.StartsWith("1 2 D:5", await client.Parse("", "SELECT 5").Bind("", "").Execute("").Sync().ExchangeAsync(1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_for_what_could_not_be_read_are_recorded_with_it_too()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await client.Parse("", "SELECT $1::int").Sync().ExchangeAsync(1);
        string answers = await client.Raw([(byte)'P', 0, 0, 0, 9, 0, 0xff, 0, 0, 0]).Bind("", "", "41").Execute("").Sync().ExchangeAsync(1);

        Assert.Equal("E:22021 Z:I", answers);
        StatementBound bound = Assert.Single(proxy.Recorded.Of<StatementBound>());
        Assert.Equal((2, "41"), (bound.Statement, bound.Parameters.Single()));
        Assert.Equal([2], proxy.Recorded.Of<StatementCompleted>().Select(completed => completed.Statement));
    }

    [Fact]
    public Task After_an_error_everything_up_to_sync_is_ignored() => RunAsync(async client =>
    {
        client.Parse("", "SELECT 1 / (SELECT 0)").Bind("", "").Execute("").Parse("late", "SELECT 5").Query("SELECT 77").Sync();
        Assert.Equal("1 2 E:22012 Z:I", await client.ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Bind("", "late").Sync().ExchangeAsync(1));
    });

    [Fact]
    public Task Simple_query_within_a_batch_gives_two_ready_messages() => RunAsync(async client =>
        Assert.Equal("1 2 D:1 C:SELECT 1 T D:2 C:SELECT 1 Z:I Z:I", await client.Parse("", "SELECT 1").Bind("", "").Execute("").Query("SELECT 2").Sync().ExchangeAsync(2)));

    [Fact]
    public async Task Parse_of_an_existing_name_fails_and_the_first_text_stays()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        Assert.Equal("1 Z:I", await client.Parse("s", "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("E:42P05 Z:I", await client.Parse("s", "SELECT 2").Sync().ExchangeAsync(1));
        Assert.Equal("2 D:1 C:SELECT 1 Z:I", await client.Bind("", "s").Execute("").Sync().ExchangeAsync(1));

        int first = proxy.Recorded.Of<StatementSubmitted>().Single(s => s.Sql == "SELECT 1").Statement;
        Assert.Equal(first, Assert.Single(proxy.Recorded.Of<StatementBound>()).Statement);
    }

    [Fact]
    public Task Closed_name_can_be_given_again() => RunAsync(async client =>
    {
        client.Parse("s", "SELECT 1").Close('S', "s").Parse("s", "SELECT 2").Bind("", "s").Execute("").Sync();
        Assert.Equal("1 3 1 2 D:2 C:SELECT 1 Z:I", await client.ExchangeAsync(1));
    });

    [Fact]
    public Task Statement_of_sql_prepare_can_be_bound_and_deallocated() => RunAsync(async client =>
    {
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE s AS SELECT 8").ExchangeAsync(1));
        Assert.Equal("2 D:8 C:SELECT 1 Z:I", await client.Bind("", "s").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:DEALLOCATE Z:I", await client.Query("DEALLOCATE s").ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Bind("", "s").Sync().ExchangeAsync(1));
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_of_what_was_prepared_by_sql_gives_no_name_to_its_text_again(bool byParse)
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        if (byParse)
        {
            await client.Query("BEGIN").Parse("", "PREPARE y AS SELECT 1").Bind("", "").Execute("").Bind("p", "y").ExchangeAsync(1);
            await client.Close('S', "y").Parse("y", "SELECT 2").Execute("p").Sync().ExchangeAsync(1);
        }
        else
        {
            await client.Query("PREPARE s AS SELECT 1; PREPARE y AS SELECT 1").Query("DEALLOCATE y").ExchangeAsync(2);
            await client.Parse("y", "SELECT 2").Bind("", "s").Execute("").Sync().ExchangeAsync(1);
        }

        Assert.StartsWith("2 D:2 C:SELECT 1", await client.Bind("", "y").Execute("").Sync().ExchangeAsync(1), StringComparison.Ordinal);
        int second = proxy.Recorded.Of<StatementSubmitted>().Single(s => s.Sql == "SELECT 2").Statement;
        Assert.Equal(second, proxy.Recorded.Of<StatementBound>().Last().Statement);
    }

    [Fact]
    public async Task Run_of_a_declared_cursor_by_protocol_declares_nothing_again()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await client.Query("BEGIN; DECLARE c CURSOR FOR SELECT 1; DECLARE d CURSOR FOR SELECT 1").Query("CLOSE d").ExchangeAsync(2);
        Assert.Equal("1 2 D:1 C:SELECT 1 Z:T", await client.Parse("", "SELECT 2").Bind("d", "").Execute("c").Sync().ExchangeAsync(1));
        Assert.Equal("D:2 C:SELECT 1 Z:T", await client.Execute("d").Sync().ExchangeAsync(1));

        int second = proxy.Recorded.Of<StatementSubmitted>().Single(s => s.Sql == "SELECT 2").Statement;
        Assert.Equal(second, proxy.Recorded.Of<StatementCompleted>().Last().Statement);
    }

    [Fact]
    public Task Unknown_names_are_errors_and_not_the_end() => RunAsync(async client =>
    {
        Assert.Equal("E:26000 Z:I", await client.Bind("", "nobody").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("E:34000 Z:I", await client.Execute("nobody").Sync().ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Describe('S', "nobody").Sync().ExchangeAsync(1));
        Assert.Equal("E:42622 Z:I", await client.Parse(new string('n', 64), "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT 1").ExchangeAsync(1));
    });

    [Fact]
    public async Task Portal_read_in_portions_counts_all_its_rows_as_one_run()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        client.Parse("", "SELECT g FROM generate_series(1, 3) g").Bind("", "").Execute("", 2).Execute("", 2).Sync();
        Assert.Equal("1 2 D:1 D:2 s D:3 C:SELECT 1 Z:I", await client.ExchangeAsync(1));

        Assert.Equal((1, 3L), Assert.Single(proxy.Recorded.Of<StatementCompleted>().Select(c => (c.Execution, c.Rows))));
    }

    [Fact]
    public async Task Function_call_is_refused_recorded_and_survived()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        byte[] setConfig = Convert.FromHexString(
            "460000003d0000081e000100000003" + "0000001d" + Convert.ToHexString("default_transaction_read_only"u8) + "000000036f6666" + "00000001" + "66" + "0000");

        Assert.Equal("E:42501 Z:I", await client.Raw(setConfig).ExchangeAsync(1));
        Assert.Equal("T D:on C:SHOW Z:I", await client.Query("SHOW default_transaction_read_only").ExchangeAsync(1));
        Assert.Contains(proxy.Recorded.Of<StatementJudged>(), j => j.Rule == "function-call");
    }

    [Theory]
    [InlineData("6400000004")] // CopyData
    [InlineData("6300000004")] // CopyDone
    [InlineData("660000000578")] // CopyFail
    [InlineData("700000000578")] // a password after the handshake
    [InlineData("5100000003")] // shorter than its header
    [InlineData("517fffffff")] // larger than allowed
    [InlineData("510000000c53454c4543542031")] // no final zero
    [InlineData("5100000016 53454c4543542031 00 53454c4543542032 00")] // a zero inside
    [InlineData("7800000004")] // unknown
    [InlineData("42000000080000ffff")] // more formats than bytes
    public async Task Broken_message_ends_the_connection_with_a_sentence(string hex)
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);

        Assert.Equal("E:08P01 EOF", await client.Raw(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal))).ExchangeAsync(1));
        RelayEnd end = await Assert.Single(proxy.Relays);
        Assert.Equal((RelayStage.Relaying, RelaySide.Client), (end.Stage, end.Side));
    }

    [Fact]
    public Task Text_that_is_not_utf8_is_an_error_and_not_the_end() => RunAsync(async client =>
    {
        byte[] latin1 = [0x51, 0, 0, 0, 14, .. "SELECT '"u8, 0xe9, 0];
        Assert.Equal("E:22021 Z:I", await client.Raw(latin1).ExchangeAsync(1));
        Assert.Equal("T D:é C:SELECT 1 Z:I", await client.Query("SELECT 'é'").ExchangeAsync(1));
    });

    [Fact]
    public Task Statement_of_the_largest_size_passes() => RunAsync(async client =>
    {
        string comment = "/*" + new string('x', 900_000) + "*/";
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT 1" + comment).ExchangeAsync(1));
    });

    [Fact]
    public async Task Ten_thousand_statements_in_one_pipeline_are_answered_in_order()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        var expected = new StringBuilder("1");
        client.Parse("s", "SELECT $1::int");
        for (int i = 0; i < 10_000; i++)
        {
            client.Bind("", "s", $"{i}").Execute("");
            expected.Append(CultureInfo.InvariantCulture, $" 2 D:{i} C:SELECT 1");
        }

        Task<string> answer = client.Sync().ReadAsync(1);
        await client.SendAsync();
        Assert.Equal(expected.Append(" Z:I").ToString(), await answer);
        Assert.Equal(10_000, proxy.Recorded.Of<StatementCompleted>().Count());
    }

    private async Task RunAsync(Func<WireClient, Task> conversation)
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await conversation(client);
    }
}
