using Npgsql;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Testing;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>Limits that hold whatever the client does, on the real standby.</summary>
[Collection(RealReplica.Collection)]
public sealed class LimitTests(RealReplica replica)
{
    [Theory]
    [InlineData("SELECT id FROM recipes", false)]
    [InlineData("SELECT id FROM recipes", true)]
    [InlineData("SELECT generate_series(1, 50000000)", false)]
    [InlineData("SELECT generate_series(1, 50000000)", true)]
    public async Task Row_limit_gives_what_came_and_an_error_that_names_it(string sql, bool prepared)
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { RowsPerStatement = 100 });
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, NoTypes);
        int rows = 0;
        PostgresException error = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            await using var command = new NpgsqlCommand(sql, connection);
            if (prepared)
            {
                await command.PrepareAsync();
            }

            await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                rows++;
            }
        });

        Assert.Equal((100, "54000"), (rows, error.SqlState));
        Assert.Contains("allows 100 rows", error.MessageText, StringComparison.Ordinal);
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal(i, await StatementTests.ScalarAsync(connection, $"SELECT {i}"));
        }

        Assert.Contains(proxy.Recorded.Of<StatementCompleted>(), c => c is { Rows: 100, SqlState: "54000" });
    }

    [Fact]
    public async Task Byte_limit_stops_copy_as_well()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { BytesPerStatement = 10_000 });
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, NoTypes);

        PostgresException error = await Assert.ThrowsAsync<PostgresException>(async () =>
        {
            using TextReader export = await connection.BeginTextExportAsync("COPY recipes TO STDOUT");
            await export.ReadToEndAsync();
        });

        Assert.Equal("54000", error.SqlState);
    }

    [Fact]
    public async Task Statement_timeout_is_the_servers_own()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { StatementTimeout = TimeSpan.FromMilliseconds(300) });
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);

        PostgresException error = await StatementTests.FailAsync(connection, LongRead);

        Assert.Equal("57014", error.SqlState);
        Assert.Equal(1, await StatementTests.ScalarAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task Cancel_reaches_the_query_of_the_own_session()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(60) });
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, "Cancellation Timeout=20000;");
        await using var command = new NpgsqlCommand(LongRead, connection);
        Task<object?> running = command.ExecuteScalarAsync();
        await Eventually.HoldsAsync(async () => await RunningAsync("200 ms") == 1, "the statement runs");
        Assert.True(proxy.Session.IsBusy);

        await Task.Factory.StartNew(command.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        OperationCanceledException cancelled = await Assert.ThrowsAsync<OperationCanceledException>(() => running);
        Assert.Equal("57014", Assert.IsType<PostgresException>(cancelled.InnerException).SqlState);
        Assert.Equal(1, await StatementTests.ScalarAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task Client_that_vanishes_leaves_nothing_running()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(60) });
        using (WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database))
        {
            client.Query(LongRead);
            await client.SendAsync();
            await Eventually.HoldsAsync(async () => await RunningAsync() == 1, "the query runs on the replica");
        }

        await Eventually.HoldsAsync(async () => await RunningAsync() == 0, "the query is gone");
        RelayEnd end = await Assert.Single(proxy.Relays);
        Assert.Equal(RelaySide.Client, end.Side);
    }

    [Fact]
    public async Task Client_that_does_not_read_is_cut_off()
    {
        var options = new ProxyOptions { CancelAfter = TimeSpan.FromMilliseconds(300), CloseAfter = TimeSpan.FromMilliseconds(600) };
        await using ProxyHost proxy = replica.Open(
            Policy.Limits with { StatementTimeout = TimeSpan.FromSeconds(3), BytesPerStatement = long.MaxValue, RowsPerStatement = long.MaxValue }, options: options);
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        client.Query("SELECT generate_series(1, 3000000), repeat('x', 1000)");
        await client.SendAsync();

        await Eventually.HoldsAsync(() => proxy.Relays.Any(relay => relay.IsCompleted), "the relay ended");

        RelayEnd end = await proxy.Relays.Single();
        Assert.Equal(RelaySide.Gateway, end.Side);
        await Eventually.HoldsAsync(async () => await RunningAsync() == 0, "nothing runs on the replica");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Batch_without_an_end_is_cut_off(bool executed)
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { IdleInTransaction = TimeSpan.FromMilliseconds(500) });
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        client.Parse("", "SELECT g FROM generate_series(1, 4) g").Bind("", "");
        await (executed ? client.Execute("", 1) : client).Flush().SendAsync();

        await Eventually.HoldsAsync(() => proxy.Relays.Any(relay => relay.IsCompleted), "the relay ended");
        Assert.Equal(RelaySide.Gateway, (await proxy.Relays.Single()).Side);
    }

    [Theory]
    [InlineData("SELECT repeat(chr(1), 3000000)::int")]
    [InlineData("SELECT repeat('é', 3000000)::int")]
    public async Task Error_that_quotes_a_huge_value_is_cut_for_the_record_and_the_client(string sql)
    {
        await using ProxyHost proxy = replica.Open();
        using (WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database))
        {
            Assert.Equal("E:22P02 Z:I", await client.Query(sql).ExchangeAsync(1));
        }

        await Eventually.HoldsAsync(() => proxy.Recorded.Of<DatabaseDisconnected>().Any(), "the connection ended");
        Assert.InRange(Assert.Single(proxy.Recorded.Of<DatabaseDisconnected>()).Bytes, 4096, 10_000);
        string? message = Assert.Single(proxy.Recorded.Of<StatementCompleted>()).Message;
        Assert.StartsWith("invalid input syntax", message, StringComparison.Ordinal);
        Assert.InRange(message!.Length, 2000, 4097);
    }

    [Fact]
    public async Task Statement_that_is_cut_off_has_its_end_on_record()
    {
        await using ProxyHost proxy = replica.Open();
        using (WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database))
        {
            await client.Query(LongRead).SendAsync();
            await Eventually.HoldsAsync(async () => await RunningAsync() == 1, "it runs on the replica");
        }

        await Eventually.HoldsAsync(() => proxy.Recorded.Of<DatabaseDisconnected>().Any(), "the connection ended");
        Assert.Equal("08006", Assert.Single(proxy.Recorded.Of<StatementCompleted>()).SqlState);
        await Eventually.HoldsAsync(async () => await RunningAsync() == 0, "nothing runs on the replica");
    }

    [Fact]
    public async Task What_is_refused_for_its_form_is_on_record()
    {
        await using ProxyHost proxy = replica.Open();
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        Assert.Equal("E:22021 Z:I", await client.Raw([(byte)'Q', 0, 0, 0, 14, .. "SELECT '"u8, 0xff, 0]).ExchangeAsync(1));
        Assert.Equal("E:42622 Z:I", await client.Parse(new string('n', 64), "SELECT 1").Sync().ExchangeAsync(1));

        Assert.Equal(["SELECT '\ufffd", "SELECT 1"], proxy.Recorded.Of<StatementSubmitted>().Select(submitted => submitted.Sql));
        Assert.Equal(["text.encoding", "name.length"], proxy.Recorded.Of<StatementJudged>().Select(judged => judged.Rule));
        Assert.Equal(["22021", "42622"], proxy.Recorded.Of<StatementCompleted>().Select(completed => completed.SqlState));
    }

    [Fact]
    public async Task One_connection_too_many_is_refused_with_the_limit()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { Connections = 1 });
        await using NpgsqlConnection first = await replica.ConnectAsync(proxy);

        PostgresException refused = await Assert.ThrowsAsync<PostgresException>(() => replica.ConnectAsync(proxy));

        Assert.Equal("53300", refused.SqlState);
    }

    [Fact]
    public async Task Prepared_statements_of_a_session_are_bounded_over_all_its_connections()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { PreparedStatements = 3 });
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        using WireClient other = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        Assert.Equal("1 1 1 E:54000 Z:I", await client.Parse("a", "SELECT 1").Parse("b", "SELECT 1").Parse("c", "SELECT 1").Parse("d", "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("E:54000 Z:I", await other.Parse("", "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("3 Z:I", await client.Close('S', "a").Sync().ExchangeAsync(1));
        Assert.Equal("1 Z:I", await other.Parse("", "SELECT 1").Sync().ExchangeAsync(1));
        Assert.Equal("1 Z:I", await other.Parse("", "SELECT 2").Sync().ExchangeAsync(1));
    }

    [Fact]
    public async Task Names_given_by_sql_are_bounded_as_well()
    {
        await using ProxyHost proxy = replica.Open(Policy.Limits with { PreparedStatements = 3, Cursors = 1 });
        using WireClient client = await WireClient.StartAsync(proxy.Port, replica.Cluster.Database);
        const string Four = "PREPARE a AS SELECT 1; PREPARE b AS SELECT 1; PREPARE c AS SELECT 1; PREPARE d AS SELECT 1";
        Assert.Equal("E:54000 Z:I", await client.Query(Four).ExchangeAsync(1));
        Assert.Equal("C:PREPARE C:PREPARE Z:I", await client.Query("PREPARE a AS SELECT 1; PREPARE b AS SELECT 1").ExchangeAsync(1));
        Assert.Equal("C:BEGIN Z:T", await client.Query("BEGIN").ExchangeAsync(1));
        Assert.Equal("C:DECLARE CURSOR Z:T", await client.Query("DECLARE c CURSOR FOR SELECT 1").ExchangeAsync(1));
        Assert.Equal("E:54000 Z:E", await client.Query("DECLARE d CURSOR FOR SELECT 1").ExchangeAsync(1));
        Assert.Equal("C:ROLLBACK C:DEALLOCATE Z:I", await client.Query("ROLLBACK; DEALLOCATE a").ExchangeAsync(1));
        Assert.Equal("C:PREPARE Z:I", await client.Query("PREPARE a AS SELECT 1").ExchangeAsync(1));
        Assert.Equal("1 2 E:54000 Z:I", await client.Parse("", "PREPARE d AS SELECT 1").Bind("", "").Execute("").Sync().ExchangeAsync(1));
        Assert.Equal(3, proxy.Recorded.Of<StatementCompleted>().Count(c => c.SqlState == "54000"));
    }

    // Npgsql's own reading of the catalog would exceed the small limits.
    private const string NoTypes = "Server Compatibility Mode=NoTypeLoading;";

    // No function that only waits: those are denied.
    private const string LongRead = "SELECT count(*) FROM recipes a, recipes b, recipes c";

    // A cancel that arrives between Parse and Execute is lost in PostgreSQL itself: wait until the statement has run for a while.
    private async Task<long> RunningAsync(string longerThan = "0")
    {
        await using var source = NpgsqlDataSource.Create(replica.Cluster.StandbySuperuser);
        await using NpgsqlCommand command = source.CreateCommand(
            $"SELECT count(*) FROM pg_stat_activity WHERE clock_timestamp() - query_start >= '{longerThan}' AND usename = 'safe_reader' AND state = 'active' AND (query LIKE '%recipes c' OR query LIKE '%repeat(%')");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
