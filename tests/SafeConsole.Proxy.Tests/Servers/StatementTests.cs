using Npgsql;
using SafeConsole.Proxy.Tests.Support;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Tests.Servers;

/// <summary>Npgsql through the proxy to the real standby: what reads get, what writes get, and what stands on record.</summary>
[Collection(RealReplica.Collection)]
public sealed class StatementTests(RealReplica replica)
{
    [Fact]
    public async Task A_read_with_parameters_returns_rows_and_is_recorded_whole()
    {
        await using ProxyHost proxy = replica.Open();
        await using (NpgsqlConnection connection = await replica.ConnectAsync(proxy))
        {
            await using var command = new NpgsqlCommand("SELECT title FROM recipes WHERE id = $1 AND title LIKE $2", connection);
            command.Parameters.Add(new NpgsqlParameter { Value = 7 });
            command.Parameters.Add(new NpgsqlParameter { Value = "recipe%" });
            Assert.Equal("recipe 7", await command.ExecuteScalarAsync());
        }

        StatementSubmitted submitted = Assert.Single(proxy.Recorded.Of<StatementSubmitted>(), s => s.Sql.StartsWith("SELECT title", StringComparison.Ordinal));
        StatementBound bound = Assert.Single(proxy.Recorded.Of<StatementBound>(), b => b.Statement == submitted.Statement);
        Assert.Equal(["\\x00000007", "recipe%"], bound.Parameters);
        StatementCompleted completed = Assert.Single(proxy.Recorded.Of<StatementCompleted>(), c => c.Statement == submitted.Statement);
        Assert.Equal((1, 1L, null), (completed.Execution, completed.Rows, completed.SqlState));
        Assert.True(completed.Bytes > 8);
    }

    [Fact]
    public async Task Denied_statement_leaves_the_connection_usable()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);

        PostgresException denied = await FailAsync(connection, "INSERT INTO recipes VALUES (0, 'x', 1)");

        Assert.Contains("SafeConsole denied", denied.MessageText, StringComparison.Ordinal);
        Assert.Contains("(rule ", denied.MessageText, StringComparison.Ordinal);
        Assert.Equal(5000L, await ScalarAsync(connection, "SELECT count(*) FROM recipes"));
        Assert.Equal(1, proxy.Session.Totals.Denied);
    }

    [Fact]
    public async Task Denied_statement_is_recorded_with_its_verdict_and_never_reaches_the_server()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await FailAsync(connection, "SELECT pg_terminate_backend(1)");

        StatementJudged judged = Assert.Single(proxy.Recorded.Of<StatementJudged>(), j => j.Verdict == "denied");
        Assert.Equal("revision-1", judged.PolicyRevision);
        StatementCompleted completed = Assert.Single(proxy.Recorded.Of<StatementCompleted>(), c => c.Statement == judged.Statement);
        Assert.Contains(judged.Rule, completed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Denial_inside_a_transaction_fails_the_transaction()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync();
        await FailAsync(connection, "DELETE FROM recipes");

        PostgresException failed = await FailAsync(connection, "SELECT 1");
        Assert.Equal("25P02", failed.SqlState);

        await transaction.RollbackAsync();
        Assert.Equal(1, await ScalarAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task Prepared_statement_runs_again_and_again_under_one_number()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await using var command = new NpgsqlCommand("SELECT minutes FROM recipes WHERE id = $1", connection);
        NpgsqlParameter<int> id = new() { TypedValue = 1 };
        command.Parameters.Add(id);
        await command.PrepareAsync();
        for (int i = 1; i <= 5; i++)
        {
            id.TypedValue = i;
            Assert.Equal(i, await command.ExecuteScalarAsync());
        }

        StatementSubmitted submitted = Assert.Single(proxy.Recorded.Of<StatementSubmitted>(), s => s.Sql.StartsWith("SELECT minutes", StringComparison.Ordinal));
        Assert.Equal([1, 2, 3, 4, 5], proxy.Recorded.Of<StatementCompleted>().Where(c => c.Statement == submitted.Statement).Select(c => c.Execution));
    }

    [Fact]
    public async Task Prepared_statement_is_judged_again_after_a_policy_change()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await command.PrepareAsync();
        await command.ExecuteScalarAsync();
        proxy.Reload(Policy.For(replica.Database), "revision-2");
        await command.ExecuteScalarAsync();

        int statement = proxy.Recorded.Of<StatementSubmitted>().Single(s => s.Sql == "SELECT 1").Statement;
        Assert.Equal(["revision-1", "revision-2"], proxy.Recorded.Of<StatementJudged>().Where(j => j.Statement == statement).Select(j => j.PolicyRevision));
    }

    [Fact]
    public async Task Batch_stops_at_the_denied_statement_and_the_connection_goes_on()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy, "Include Failed Batched Command=true;");
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand("SELECT 1"), new NpgsqlBatchCommand("UPDATE recipes SET title = ''"), new NpgsqlBatchCommand("SELECT 3") },
        };

        PostgresException denied = await Assert.ThrowsAsync<PostgresException>(async () => await batch.ExecuteNonQueryAsync());

        Assert.Equal("UPDATE recipes SET title = ''", denied.BatchCommand?.CommandText);
        Assert.Equal(2, await ScalarAsync(connection, "SELECT 2"));
    }

    [Fact]
    public async Task Server_error_passes_as_it_is()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);

        PostgresException error = await FailAsync(connection, "SELECT 1 / (SELECT 0)");

        Assert.Equal(("22012", "division by zero"), (error.SqlState, error.MessageText));
        Assert.Contains(proxy.Recorded.Of<StatementCompleted>(), c => c.SqlState == "22012");
    }

    [Fact]
    public async Task Own_enum_types_work_as_parameters()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        await using var command = new NpgsqlCommand("SELECT count(*) FROM dishes WHERE kind = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = "main", DataTypeName = "course" });

        Assert.Equal(1L, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Copy_to_stdout_streams_and_counts_its_rows()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);
        using (TextReader export = await connection.BeginTextExportAsync("COPY recipes TO STDOUT"))
        {
            string text = await export.ReadToEndAsync();
            Assert.Equal(5000, text.Count(c => c == '\n'));
        }

        Assert.Contains(proxy.Recorded.Of<StatementCompleted>(), c => c.Rows == 5000);
    }

    [Fact]
    public async Task Copy_from_stdin_is_denied()
    {
        await using ProxyHost proxy = replica.Open();
        await using NpgsqlConnection connection = await replica.ConnectAsync(proxy);

        await Assert.ThrowsAsync<PostgresException>(async () => await connection.BeginTextImportAsync("COPY recipes FROM STDIN"));
        Assert.Equal(1, await ScalarAsync(connection, "SELECT 1"));
    }

    [Fact]
    public async Task Pooled_connection_is_reset_and_used_again()
    {
        await using ProxyHost proxy = replica.Open();
        string pooled = $"Host=127.0.0.1;Port={proxy.Port};Username=safe_reader;Database={replica.Cluster.Database};SSL Mode=Disable;Maximum Pool Size=1";
        await using var source = NpgsqlDataSource.Create(pooled);
        for (int i = 0; i < 3; i++)
        {
            await using NpgsqlConnection connection = await source.OpenConnectionAsync();
            Assert.Equal("on", await ScalarAsync(connection, "SHOW default_transaction_read_only"));
        }

        Assert.Contains(proxy.Recorded.Of<StatementSubmitted>(), s => s.Sql.Contains("DISCARD", StringComparison.Ordinal));
        Assert.Single(proxy.Recorded.Of<DatabaseConnected>());
    }

    internal static async Task<object?> ScalarAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    internal static Task<PostgresException> FailAsync(NpgsqlConnection connection, string sql) =>
        Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(connection, sql));
}
