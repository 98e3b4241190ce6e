using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>A name never comes to mean another thing than what was judged, however messages are pipelined and whichever of them fail.</summary>
[Collection(RealReplica.Collection)]
public sealed class NameTests(RealReplica replica) : PathTests(replica)
{
    [Fact]
    public async Task Path_that_is_changed_in_a_pipeline_counts_for_what_follows()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        client.Query("SET search_path = other, public").Query("SELECT peek()").Query("RESET search_path").Query("SELECT peek()");

        Assert.Equal("C:SET Z:I E:42501 Z:I C:RESET Z:I T D:1 C:SELECT 1 Z:I", await client.ExchangeAsync(4));
    }

    [Fact]
    public async Task Path_that_is_changed_within_a_batch_counts_for_what_follows_in_the_batch()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        client.Parse("", "SET search_path = other, public").Bind("", "").Execute("").Parse("", "SELECT peek()").Bind("", "").Execute("").Sync();

        Assert.Equal("1 2 C:SET E:42501 Z:I", await client.ExchangeAsync(1));
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT peek()").ExchangeAsync(1));
    }

    [Fact]
    public async Task Statement_that_was_parsed_under_one_path_is_judged_by_the_path_that_it_is_bound_under()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("1 2 D:1 C:SELECT 1 Z:I", await client.Parse("p", "SELECT peek()").Bind("", "p").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Bind("", "p").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:RESET Z:I", await client.Query("RESET search_path").ExchangeAsync(1));
        Assert.Equal("2 D:1 C:SELECT 1 Z:I", await client.Bind("", "p").Execute("").Sync().ExchangeAsync(1));
    }

    [Fact]
    public async Task Path_of_an_ended_transaction_is_forgotten_and_that_of_a_failed_one_too()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:BEGIN C:SET Z:T", await client.Query("BEGIN; SET LOCAL search_path = other, public").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:E", await client.Query("SELECT peek()").ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I", await client.Query("ROLLBACK").ExchangeAsync(1));
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT peek()").ExchangeAsync(1));
        Assert.Equal("C:SET E:22012 Z:I", await client.Query("SET search_path = other, public; SELECT 1/0").ExchangeAsync(1));
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT peek()").ExchangeAsync(1));
    }

    [Fact]
    public async Task Name_whose_deallocation_failed_is_not_run_unjudged()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE x AS SELECT peek()").ExchangeAsync(1));
        client.Query("BEGIN").Query("SELECT 1/0").Query("DEALLOCATE x").Query("ROLLBACK").Query("SET search_path = other, public").Query("EXECUTE x");

        Assert.EndsWith("C:SET Z:I E:42501 Z:I", await client.ExchangeAsync(6), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_a_failed_parse_did_not_take_still_means_what_it_meant()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("1 Z:I", await client.Parse("s", "SELECT 1").Sync().ExchangeAsync(1));

        client.Parse("s", "SELECT 2").Sync().Bind("", "s").Execute("").Sync();

        Assert.Equal("E:42P05 Z:I 2 D:1 C:SELECT 1 Z:I", await client.ExchangeAsync(2));
        var run = proxy.Recorded.Of<StatementBound>().Single();
        Assert.Equal("SELECT 1", proxy.Recorded.Of<StatementSubmitted>().Single(submitted => submitted.Statement == run.Statement).Sql);
    }

    [Fact]
    public async Task Held_cursor_runs_to_its_end_by_the_path_that_it_was_judged_by()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        const string Declare = "DECLARE h CURSOR WITH HOLD FOR SELECT peek() FROM generate_series(1, 3) LIMIT 3";
        Assert.Equal("C:BEGIN C:DECLARE CURSOR Z:T", await client.Query($"BEGIN; {Declare}").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:E", await client.Query("SET LOCAL search_path = other, public").ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I", await client.Query("ROLLBACK").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query($"BEGIN; SET LOCAL search_path = public; {Declare}; COMMIT").ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:I", await client.Query(Declare).ExchangeAsync(1));
        Assert.Equal("T D:1 C:FETCH 1 Z:I", await client.Query("FETCH h").ExchangeAsync(1));
    }

    [Fact]
    public async Task Held_cursors_count_until_they_are_closed()
    {
        await using ProxyHost proxy = Replica.Open(Policy.Limits with { Cursors = 2 });
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:DECLARE CURSOR Z:I", await client.Query("DECLARE a CURSOR WITH HOLD FOR SELECT 1 LIMIT 1").ExchangeAsync(1));
        Assert.Equal("C:BEGIN C:DECLARE CURSOR C:ROLLBACK Z:I", await client.Query("BEGIN; DECLARE b CURSOR WITH HOLD FOR SELECT 1 LIMIT 1; ROLLBACK").ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:I", await client.Query("DECLARE c CURSOR WITH HOLD FOR SELECT 1 LIMIT 1").ExchangeAsync(1));
        Assert.Equal("E:54000 Z:I", await client.Query("DECLARE d CURSOR WITH HOLD FOR SELECT 1 LIMIT 1").ExchangeAsync(1));
        Assert.Equal("C:CLOSE CURSOR Z:I", await client.Query("CLOSE a").ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:I", await client.Query("DECLARE d CURSOR WITH HOLD FOR SELECT 1 LIMIT 1").ExchangeAsync(1));
    }

    [Fact]
    public async Task Names_of_sql_and_of_the_protocol_are_one()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("1 Z:I", await client.Parse("s", "SELECT peek()").Sync().ExchangeAsync(1));
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query("EXECUTE s").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query("EXPLAIN ANALYZE EXECUTE s").ExchangeAsync(1));
        Assert.Equal("E:26000 Z:I", await client.Query("EXECUTE nobody").ExchangeAsync(1));
    }

    [Fact]
    public async Task Path_that_a_failing_query_would_have_left_does_not_count_for_what_follows_in_the_pipeline()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        client.Query("SELECT 1/0; SET search_path = public; COMMIT").Query("SELECT peek()");

        Assert.EndsWith("E:22012 Z:I E:42501 Z:I", await client.ExchangeAsync(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_before_a_savepoint_counts_where_the_commit_in_the_pipeline_fails()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:BEGIN C:SET C:SAVEPOINT C:SET Z:T", await client.Query("BEGIN; SET search_path = other, public; SAVEPOINT s; SET search_path = public").ExchangeAsync(1));
        Assert.Equal("C:SET Z:T", await client.Query("SET search_path TO DEFAULT").ExchangeAsync(1));
        client.Query("SELECT 1/0; COMMIT").Query("ROLLBACK TO s; SELECT peek()");

        Assert.EndsWith("E:22012 Z:E E:42501 Z:E", await client.ExchangeAsync(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_that_a_failed_query_did_not_give_still_means_what_it_meant()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE x AS SELECT peek()").ExchangeAsync(1));
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        client.Query("DEALLOCATE nobody; DEALLOCATE x; PREPARE x AS SELECT 1").Bind("", "x").Execute("").Sync();

        Assert.Equal("E:26000 Z:I E:42501 Z:I", await client.ExchangeAsync(2));
    }

    [Fact]
    public async Task Portal_that_was_opened_under_one_path_is_judged_by_the_path_that_it_runs_under()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:BEGIN Z:T", await client.Query("BEGIN").ExchangeAsync(1));
        Assert.Equal("1 2 Z:T", await client.Parse("", "SELECT look()").Bind("p", "").Sync().ExchangeAsync(1));
        Assert.Equal("C:SET Z:T", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:E", await client.Execute("p").Sync().ExchangeAsync(1));
    }

    [Fact]
    public async Task Name_that_changes_the_path_when_it_runs_is_not_run_by_sql()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("1 1 Z:I", await client.Parse("f", "SELECT set_config('search_path', 'other, public', false)").Parse("s", "SET search_path = other, public").Sync().ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query("EXECUTE f").ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query("EXECUTE s").ExchangeAsync(1));
        Assert.Equal("T D:1 C:SELECT 1 Z:I", await client.Query("SELECT peek()").ExchangeAsync(1));
    }

}
