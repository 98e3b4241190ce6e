using System.Data;
using Npgsql;

namespace SafeConsole.Clients.DotNet;

/// <summary>Npgsql's less common ways to read.</summary>
internal static class NpgsqlOtherReads
{
    /// <summary>All steps, in order.</summary>
    public static async Task RunAsync(NpgsqlDataSource source)
    {
        await PrepareAsync(source);
        await ReadManyAsync(source);
        await Steps.StepAsync("calls_the_applications_functions", async () =>
        {
            Steps.Equal(await NpgsqlReads.OneAsync<int>(source, "SELECT dice(6)") >= 1, true);
            Steps.Equal(await NpgsqlReads.OneAsync<decimal>(source, "SELECT avg_rating(1)") > 1, true);
        });
        await Steps.StepAsync("finds_stuck_orders", async () => Steps.Equal(await NpgsqlReads.OneAsync<long>(source, "SELECT count(*) FROM stuck_orders"), 215));
        await Steps.StepAsync("isolates", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead);
            await transaction.SaveAsync("before");
            await transaction.RollbackAsync("before");
            Steps.Equal((string)(await new NpgsqlCommand("SHOW transaction_isolation", connection).ExecuteScalarAsync())!, "repeatable read");
            await transaction.CommitAsync();
        });
        await Steps.StepAsync("copies_out", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            using (var text = await connection.BeginTextExportAsync("COPY (SELECT id, name FROM tags ORDER BY id) TO STDOUT"))
            {
                Steps.Equal((await text.ReadToEndAsync()).StartsWith("1\tmeal\n", StringComparison.Ordinal), true);
            }
            await using var binary = await connection.BeginBinaryExportAsync("COPY tags (id, name) TO STDOUT (FORMAT BINARY)");
            Steps.Equal(await binary.StartRowAsync(), 2);
            Steps.Equal(await binary.ReadAsync<int>(), 1);
        });
        await Steps.StepAsync("times_out_and_goes_on", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await Steps.RefusedAsync("too_slow", async () => await new NpgsqlCommand("SELECT pg_sleep(4)", connection) { CommandTimeout = 1 }.ExecuteNonQueryAsync());
            Steps.Equal((int)(await new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync())!, 1);
        });
        await Steps.StepAsync("explains", async () =>
            Steps.Equal((await NpgsqlReads.OneAsync<string>(source, "EXPLAIN (ANALYZE, BUFFERS) SELECT * FROM reviews WHERE user_id = 666")).Length > 5, true));
    }

    private static async Task PrepareAsync(NpgsqlDataSource source)
    {
        await Steps.StepAsync("prepares", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("SELECT username FROM users WHERE id = $1", connection) { Parameters = { new NpgsqlParameter<long> { TypedValue = 0 } } };
            await command.PrepareAsync();
            for (var id = 1; id < 10; id++)
            {
                ((NpgsqlParameter<long>)command.Parameters[0]).TypedValue = id;
                Steps.Equal((string)(await command.ExecuteScalarAsync())!, $"cook{id}");
            }
            await command.UnprepareAsync();
            connection.UnprepareAll();
        });
        await Steps.StepAsync("prepares_by_itself", async () =>
        {
            await using var other = NpgsqlDataSource.Create(source.ConnectionString + ";Max Auto Prepare=10;Auto Prepare Min Usages=2");
            for (var id = 1L; id < 8; id++)
            {
                Steps.Equal(await NpgsqlReads.OneAsync<string>(other, "SELECT username FROM users WHERE id = $1", new NpgsqlParameter { Value = id }), $"cook{id}");
            }
        });
    }

    private static async Task ReadManyAsync(NpgsqlDataSource source)
    {
        await Steps.StepAsync("batches", async () =>
        {
            await using var batch = source.CreateBatch();
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT count(*) FROM tags"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT name FROM tags WHERE id = $1") { Parameters = { new NpgsqlParameter { Value = 2 } } });
            await using var reader = await batch.ExecuteReaderAsync();
            await reader.ReadAsync();
            Steps.Equal(reader.GetInt64(0), 20);
            await reader.NextResultAsync();
            await reader.ReadAsync();
            Steps.Equal(reader.GetString(0), "diet");
        });
        await Steps.StepAsync("reads_sequentially", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("SELECT id, body FROM reviews WHERE id <= 5000", connection);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess);
            var seen = 0;
            while (await reader.ReadAsync())
            {
                seen++;
            }
            Steps.Equal(seen, 5000);
        });
    }
}
