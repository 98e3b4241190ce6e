using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace SafeConsole.Clients.DotNet;

/// <summary>Npgsql as a developer uses it: type loading, pools and their reset, prepared statements, batches, copying out.</summary>
internal static class NpgsqlReads
{
    private static readonly string Url =
        $"Host={Environment.GetEnvironmentVariable("PGHOST")};Port={Environment.GetEnvironmentVariable("PGPORT")};"
        + $"Database={Environment.GetEnvironmentVariable("PGDATABASE")};Username={Environment.GetEnvironmentVariable("PGUSER")}";

    /// <summary>All steps, in order.</summary>
    public static async Task RunAsync()
    {
        await using var source = new NpgsqlDataSourceBuilder(Url).Build();
        await StartAsync(source);
        await PoolAsync(source);
        await ReadAsync(source);
        await NpgsqlOtherReads.RunAsync(source);
        await RefuseAsync(source);
    }

    /// <summary>The first column of the first row.</summary>
    public static async Task<T> OneAsync<T>(NpgsqlDataSource source, string sql, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task StartAsync(NpgsqlDataSource source)
    {
        await Steps.StepAsync("connects", async () => Steps.Equal(await OneAsync<int>(source, "SELECT 40 + 2"), 42));
        await Steps.StepAsync("says_nothing_unasked", async () =>
        {
            List<string> notices = [];
            await using var connection = new NpgsqlConnection(Url + ";Pooling=false");
            connection.Notice += (_, notice) => notices.Add(notice.Notice.MessageText);
            await connection.OpenAsync();
            await new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync();
            Steps.Equal(string.Join(" / ", notices), "");
        });
        await Steps.StepAsync("connects_with_every_habit", async () =>
        {
            await using var other = NpgsqlDataSource.Create(Url + ";Application Name=debugging;Timezone=Europe/Oslo;Search Path=public;Keepalive=5;Command Timeout=60;Timeout=60;Include Error Detail=true");
            Steps.Equal(await OneAsync<string>(other, "SHOW application_name"), "debugging");
            Steps.Equal(await OneAsync<string>(other, "SHOW timezone"), "Europe/Oslo");
            Steps.Equal(await OneAsync<string>(other, "SHOW search_path"), "public");
        });
        await Steps.StepAsync("connects_with_options", async () =>
        {
            await using var other = NpgsqlDataSource.Create(Url + ";Options=-c statement_timeout=1500 -c lock_timeout=500ms");
            Steps.Equal(await OneAsync<string>(other, "SHOW statement_timeout"), "1500ms");
            Steps.Equal(await OneAsync<string>(other, "SHOW lock_timeout"), "500ms");
        });
    }

    private static async Task PoolAsync(NpgsqlDataSource source)
    {
        await Steps.StepAsync("asks_for_a_standby", async () =>
        {
            await using var other = new NpgsqlDataSourceBuilder(Url).BuildMultiHost();
            await using var connection = await other.OpenConnectionAsync(TargetSessionAttributes.PreferStandby);
            Steps.Equal(connection.State, ConnectionState.Open);
        });
        await Steps.StepAsync("loads_types", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await connection.ReloadTypesAsync();
            Steps.Equal(connection.PostgreSqlVersion.Major >= 15, true);
        });
        await Steps.StepAsync("resets_on_return_to_the_pool", async () =>
        {
            await using var other = NpgsqlDataSource.Create(Url + ";Maximum Pool Size=1");
            Steps.Equal(await OneAsync<string>(other, "SET application_name = 'x'; SHOW application_name"), "x");
            Steps.Equal(await OneAsync<string>(other, "SHOW application_name") == "x", false);
            Steps.Equal(await OneAsync<string>(other, "SHOW transaction_read_only"), "on");
        });
    }

    private static async Task ReadAsync(NpgsqlDataSource source)
    {
        await Steps.StepAsync("counts", async () => Steps.Equal(await OneAsync<long>(source, "SELECT count(*) FROM recipes"), 12000));
        await Steps.StepAsync("takes_positional_parameters", async () =>
            Steps.Equal(await OneAsync<string>(source, "SELECT username FROM users WHERE id = $1", new NpgsqlParameter { Value = 4711L }), "cook4711"));
        await Steps.StepAsync("takes_named_parameters", async () =>
            Steps.Equal(await OneAsync<long>(source, "SELECT count(*) FROM users WHERE id = ANY(@ids)", new NpgsqlParameter("ids", new long[] { 1, 2, 3 })), 3));
        await Steps.StepAsync("takes_json_and_ranges", async () =>
        {
            var document = new NpgsqlParameter("wanted", NpgsqlDbType.Jsonb) { Value = """{"carrier": "bring"}""" };
            Steps.Equal(await OneAsync<long>(source, "SELECT count(*) FROM orders WHERE status = 'paid' AND delivery @> @wanted", document), 215);
            var week = new NpgsqlParameter("week", new NpgsqlRange<DateOnly>(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 8)));
            Steps.Equal(await OneAsync<long>(source, "SELECT count(*) FROM meal_plans WHERE during && @week", week) > 10, true);
        });
        await Steps.StepAsync("reads_types", async () =>
        {
            await using var command = source.CreateCommand("SELECT u.settings, u.last_login_ip, u.created_at, i.allergens, m.id, p.during, r.difficulty FROM users u, ingredients i, images m, meal_plans p, recipes r WHERE u.id = 1 AND i.id = 1 AND r.id = 1 LIMIT 1");
            await using var reader = await command.ExecuteReaderAsync();
            Steps.Equal(await reader.ReadAsync(), true);
            Steps.Equal(reader.GetFieldValue<string[]>(3).Length, 1);
            Steps.Equal(reader.GetFieldType(4), typeof(Guid));
            Steps.Equal(reader.GetDataTypeName(6), "public.difficulty");
            Steps.Equal(reader.GetString(6).Length > 0, true);
        });
        await Steps.StepAsync("reads_a_schema_table", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var command = new NpgsqlCommand("SELECT id, title FROM recipes", connection);
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly | CommandBehavior.KeyInfo);
            Steps.Equal((await reader.GetColumnSchemaAsync())[1].BaseTableName, "recipes");
        });
        await Steps.StepAsync("lists_the_schema", async () =>
        {
            await using var connection = await source.OpenConnectionAsync();
            foreach (var collection in new[] { "Tables", "Columns", "Views", "Indexes", "IndexColumns", "Constraints", "ForeignKeys", "PrimaryKey", "UniqueKeys", "Databases", "Schemata", "DataTypes" })
            {
                Steps.Equal((await connection.GetSchemaAsync(collection)).Rows.Count > 0, true);
            }
        });
    }

    private static async Task RefuseAsync(NpgsqlDataSource source)
    {
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (name, sql) in new[] { ("update", "UPDATE recipes SET title = 'x' WHERE id = 1"), ("create_table", "CREATE TABLE x (id int)"), ("set_role", "SET ROLE postgres") })
        {
            await Steps.RefusedAsync(name, async () => await new NpgsqlCommand(sql, connection).ExecuteNonQueryAsync());
            await Steps.StepAsync($"goes_on_after_{name}", async () => Steps.Equal((long)(await new NpgsqlCommand("SELECT count(*) FROM users", connection).ExecuteScalarAsync())!, 8000));
        }
        await Steps.RefusedAsync("copy_in", async () => await connection.BeginTextImportAsync("COPY tags FROM STDIN"));
        await Steps.StepAsync("fails_as_postgres_does_in_a_transaction", async () =>
        {
            await using var transaction = await connection.BeginTransactionAsync();
            await Steps.RefusedAsync("insert_in_a_transaction", async () => await new NpgsqlCommand("INSERT INTO tags VALUES (99, 'x')", connection).ExecuteNonQueryAsync());
            await Steps.RefusedAsync("read_in_a_failed_transaction", async () => await new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync());
            await transaction.RollbackAsync();
            Steps.Equal((long)(await new NpgsqlCommand("SELECT count(*) FROM tags", connection).ExecuteScalarAsync())!, 20);
        });
    }
}
