using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>What names mean in the replica decides, and what is changed on the primary counts from the next statement on.</summary>
[Collection(RealReplica.Collection)]
public sealed class LiveCatalogTests(RealReplica replica)
{
    [Fact]
    public async Task What_was_made_after_the_session_began_is_known_to_its_next_statement()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        Assert.Equal("E:42P01 Z:I", await client.Query("SELECT count(*) FROM made_later").ExchangeAsync(1));

        await replica.Cluster.ExecuteAsync("CREATE TABLE made_later (id int); GRANT SELECT ON made_later TO safe_reader; CREATE FUNCTION made_later_sum() RETURNS bigint LANGUAGE sql AS 'SELECT count(*) FROM made_later'");

        await AnsweredAsync(client, "SELECT count(*) FROM made_later", "T D:0 C:SELECT 1 Z:I");
        Assert.Equal("T D:0 C:SELECT 1 Z:I", await client.Query("SELECT made_later_sum()").ExchangeAsync(1));
        await replica.Cluster.ExecuteAsync("DROP TABLE made_later; DROP FUNCTION made_later_sum()");
    }

    [Fact]
    public async Task Function_that_becomes_harmful_is_refused_also_where_it_was_prepared_before()
    {
        await replica.Cluster.ExecuteAsync("CREATE FUNCTION turncoat() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        Assert.Equal("1 2 D:1 C:SELECT 1 Z:I", await client.Parse("p", "SELECT turncoat()").Bind("", "p").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE q AS SELECT turncoat()").ExchangeAsync(1));

        await replica.Cluster.ExecuteAsync("CREATE OR REPLACE FUNCTION turncoat() RETURNS int LANGUAGE sql AS 'DELETE FROM recipes RETURNING 1'");

        await AnsweredAsync(client, "SELECT turncoat()", "E:25006 Z:I");
        Assert.Equal("E:25006 Z:I", await client.Bind("", "p").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal("E:42501 Z:I", await client.Query("EXECUTE q").ExchangeAsync(1));
        await replica.Cluster.ExecuteAsync("DROP FUNCTION turncoat()");
    }

    [Fact]
    public async Task View_that_calls_a_writer_is_refused_and_one_that_reads_passes()
    {
        await replica.Cluster.ExecuteAsync("""
            CREATE FUNCTION writer() RETURNS int LANGUAGE sql STABLE AS 'SELECT pg_advisory_lock(1); SELECT 1';
            CREATE VIEW honest_view AS SELECT id FROM recipes WHERE minutes > 5;
            CREATE VIEW trap_view AS SELECT id, writer() AS w FROM recipes;
            GRANT SELECT ON honest_view, trap_view TO safe_reader
            """);
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, "Server Compatibility Mode=NoTypeLoading;");

        Assert.NotEqual(0L, await StatementTests.ScalarAsync(connection, "SELECT count(*) FROM honest_view"));
        PostgresException denied = await StatementTests.FailAsync(connection, "SELECT count(*) FROM (SELECT * FROM trap_view) AS hidden");

        Assert.Equal("42501", denied.SqlState);
        Assert.Contains("writer", denied.MessageText, StringComparison.Ordinal);
        await replica.Cluster.ExecuteAsync("DROP VIEW honest_view, trap_view; DROP FUNCTION writer()");
    }

    [Fact]
    public async Task Process_that_takes_no_cancel_is_ended_by_the_control_connection()
    {
        await replica.Cluster.ExecuteAsync("""
            CREATE FUNCTION stubborn() RETURNS void LANGUAGE plpgsql AS $$
            BEGIN LOOP BEGIN PERFORM pg_sleep(60); EXCEPTION WHEN query_canceled THEN NULL; END; END LOOP; END $$
            """);
        DatabasePolicy Allowing(DatabasePolicy database) => database with { AllowedFunctions = ["public.stubborn"] };
        var options = new ProxyOptions { CancelAfter = TimeSpan.FromMilliseconds(200), CloseAfter = TimeSpan.FromMilliseconds(1500) };
        await using ProxyHost proxy = replica.Open(Policy.Limits with { StatementTimeout = TimeSpan.FromMilliseconds(500) }, Allowing, options: options);
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        await client.Query("SELECT stubborn()").SendAsync();
        await Eventually.HoldsAsync(async () => await StubbornAsync() == 1, "it runs on the replica");

        Assert.EndsWith("EOF", await client.ReadAsync(1), StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () => await StubbornAsync() == 0, "its process is gone", TimeSpan.FromSeconds(5));
        Assert.Equal(RelaySide.Gateway, (await proxy.Relays.Single()).Side);
        await replica.Cluster.ExecuteAsync("DROP FUNCTION stubborn()");
    }

    // What follows another statement within 20 ms may still be judged by the catalog of before (decision 0007).
    private static Task AnsweredAsync(WireClient client, string sql, string answer) =>
        Eventually.HoldsAsync(async () => await client.Query(sql).ExchangeAsync(1) == answer, $"{sql} is answered {answer}");

    private async Task<long> StubbornAsync()
    {
        await using var source = NpgsqlDataSource.Create(replica.Cluster.StandbySuperuser);
        await using NpgsqlCommand command = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%stubborn()' AND usename = 'safe_reader' AND state = 'active'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
