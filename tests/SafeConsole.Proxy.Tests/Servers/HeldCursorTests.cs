using Npgsql;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>A cursor WITH HOLD runs to its end when its transaction commits: nothing may change by then what the functions in it find, whatever was prepared or judged before.</summary>
[Collection(RealReplica.Collection)]
public sealed class HeldCursorTests(RealReplica replica) : PathTests(replica)
{
    private const string Declare = "DECLARE h CURSOR WITH HOLD FOR SELECT look() FROM generate_series(1, 3) LIMIT 3";

    // The primary must not clean away what a transaction that is open on the standby can see: the replay of that would wait for the transaction, and the tests for the replay.
    public override async Task InitializeAsync()
    {
        await OnStandbyAsync("ALTER SYSTEM SET hot_standby_feedback = on");
        await OnStandbyAsync("SELECT pg_reload_conf()");
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await OnStandbyAsync("ALTER SYSTEM RESET hot_standby_feedback");
        await OnStandbyAsync("SELECT pg_reload_conf()");
        await base.DisposeAsync();
    }

    [Theory]
    [InlineData("SET LOCAL search_path = other, public")]
    [InlineData("SET search_path = other, public")]
    [InlineData("SELECT set_config('search_path', 'other, public', true)")]
    [InlineData("RESET search_path")]
    [InlineData("RESET ALL")]
    public async Task Path_change_that_was_prepared_before_is_refused_after_it(string change)
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("1 Z:I", await client.Parse("s", change).Sync().ExchangeAsync(1));
        Assert.Equal("C:BEGIN C:DECLARE CURSOR Z:T", await client.Query($"BEGIN; {Declare}").ExchangeAsync(1));

        Assert.Equal("E:42501 Z:E", await client.Bind("", "s").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I", await client.Query("COMMIT").ExchangeAsync(1));
    }

    [Fact]
    public async Task Path_change_that_was_prepared_before_is_refused_in_one_pipeline()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        client.Parse("s", "SELECT set_config('search_path', 'other, public', true)").Parse("d", Declare).Parse("b", "BEGIN").Sync();
        Assert.Equal("1 1 1 Z:I", await client.ExchangeAsync(1));

        client.Bind("", "b").Execute("").Bind("", "d").Execute("").Bind("", "s").Execute("").Sync().Query("COMMIT");
        Assert.Equal("2 C:BEGIN 2 C:DECLARE CURSOR E:42501 Z:E C:ROLLBACK Z:I", await client.ExchangeAsync(2));
    }

    [Fact]
    public async Task Portal_of_a_path_change_that_was_bound_before_is_refused_after_it()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:BEGIN Z:T", await client.Query("BEGIN").ExchangeAsync(1));
        Assert.Equal("1 2 Z:T", await client.Parse("", "RESET search_path").Bind("p", "").Sync().ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:T", await client.Query(Declare).ExchangeAsync(1));

        Assert.Equal("E:42501 Z:E", await client.Execute("p").Sync().ExchangeAsync(1));
    }

    [Fact]
    public async Task Verdict_of_a_settled_transaction_does_not_hold_in_an_unsettled_one()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = public").ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:I", await client.Query(Declare).ExchangeAsync(1));
        Assert.Equal("C:CLOSE CURSOR Z:I", await client.Query("CLOSE h").ExchangeAsync(1));
        Assert.Equal("C:SET Z:I", await client.Query("SET search_path = other, public").ExchangeAsync(1));
        Assert.Equal("C:BEGIN C:SET Z:T", await client.Query("BEGIN; SET LOCAL search_path = public").ExchangeAsync(1));

        Assert.Equal("E:42501 Z:E", await client.Query(Declare).ExchangeAsync(1));
    }

    [Fact]
    public async Task Commit_that_is_on_its_way_and_fails_does_not_make_room_for_a_path_change()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        Assert.Equal("C:BEGIN C:DECLARE CURSOR C:SAVEPOINT Z:T", await client.Query($"BEGIN; {Declare}; SAVEPOINT a").ExchangeAsync(1));
        Assert.Equal("1 1 Z:T", await client.Parse("f", "SELECT 1 / (SELECT 0)").Parse("c", "COMMIT").Sync().ExchangeAsync(1));

        client.Bind("", "f").Execute("").Bind("", "c").Execute("").Sync().Query("ROLLBACK TO a").Query("SET LOCAL search_path = other, public").Query("COMMIT");
        string answer = await client.ExchangeAsync(4);

        Assert.DoesNotContain("C:SET", answer, StringComparison.Ordinal);
        Assert.EndsWith("C:ROLLBACK Z:T E:42501 Z:E C:ROLLBACK Z:I", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cursor_that_became_harmful_since_it_was_declared_is_not_committed()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        using WireClient other = await StartAsync(proxy);
        Assert.Equal("C:BEGIN C:DECLARE CURSOR Z:T", await client.Query($"BEGIN; {Declare}").ExchangeAsync(1));

        await MakeHarmfulAsync(other);

        Assert.Equal("E:42501 Z:E", await client.Query("COMMIT").ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK Z:I", await client.Query("ROLLBACK").ExchangeAsync(1));
    }

    [Fact]
    public async Task Cursor_that_became_harmful_can_be_rolled_back()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        using WireClient other = await StartAsync(proxy);
        Assert.Equal("C:BEGIN C:DECLARE CURSOR Z:T", await client.Query($"BEGIN; {Declare}").ExchangeAsync(1));

        await MakeHarmfulAsync(other);

        Assert.Equal("C:ROLLBACK Z:I", await client.Query("ROLLBACK").ExchangeAsync(1));
    }

    [Fact]
    public async Task Sync_does_not_commit_a_cursor_that_became_harmful()
    {
        await using ProxyHost proxy = Replica.Open();
        using WireClient client = await StartAsync(proxy);
        using WireClient other = await StartAsync(proxy);
        await client.Parse("", Declare).Bind("", "").Execute("").Flush().SendAsync();
        await Eventually.HoldsAsync(async () => await DeclaredAsync() == 1, "the cursor is declared");

        await MakeHarmfulAsync(other);

        Assert.Equal("1 2 C:DECLARE CURSOR E:42501 Z:I", await client.Sync().ExchangeAsync(1));
    }

    private async Task MakeHarmfulAsync(WireClient client)
    {
        await Replica.Cluster.ExecuteAsync("CREATE OR REPLACE FUNCTION public.peek() RETURNS int LANGUAGE sql AS 'SELECT pg_advisory_lock(7); SELECT 2'");
        await Eventually.HoldsAsync(async () => await client.Query("SELECT look()").ExchangeAsync(1) == "E:42501 Z:I", "the function is known to be harmful");
    }

    // The backend waits for the rest of the batch.
    private async Task<long> DeclaredAsync() =>
        (long)(await OnStandbyAsync("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DECLARE h CURSOR%' AND wait_event = 'ClientRead'"))!;

    private async Task<object?> OnStandbyAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Replica.Cluster.StandbySuperuser);
        await using NpgsqlCommand command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
