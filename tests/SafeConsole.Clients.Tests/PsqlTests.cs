namespace SafeConsole.Clients.Tests;

/// <summary>psql: every command that asks the server, what a developer types, and completion by the Tab key.</summary>
[Collection(ClientSiteTests.Name)]
public sealed class PsqlTests(ClientSite site)
{
    private static readonly string[] FaultIsMeant = ["watch", "on_error_rollback"];

    /// <summary>PostgreSQL refuses the first two to any ordinary role; the third would show passwords for foreign servers.</summary>
    private static readonly Dictionary<string, string> Refused = new()
    {
        [@"\db+"] = "permission denied for tablespace pg_global",
        [@"\dRs+"] = "pg_subscription.subconninfo holds passwords",
        [@"\deu+"] = "pg_user_mappings.umoptions holds passwords",
    };

    [Fact]
    public async Task Every_command_that_asks_the_server_works()
    {
        var output = new PsqlOutput(await site.RunAsync("psql-commands"));

        Assert.Empty(output.Faulty(name => !Refused.ContainsKey(name)));
        Assert.All(Refused, entry => Assert.Contains(entry.Value, output[entry.Key], StringComparison.Ordinal));
        Assert.True(output.Names.Count > 120, $"{output.Names.Count} commands");
    }

    [Theory]
    [InlineData(@"\conninfo", "You are connected to database \"recipes\" as user \"safe_reader\"")]
    [InlineData(@"\d recipes", "Referenced by:")]
    [InlineData(@"\d+ recipes", "Counter cache of reviews")]
    [InlineData(@"\d+ events", "Partition key: RANGE (created_at)")]
    [InlineData(@"\d+ stuck_orders", "View definition:")]
    [InlineData(@"\dt+", "recipes_owner")]
    [InlineData(@"\df", "avg_rating")]
    [InlineData(@"\sf dice", "CREATE OR REPLACE FUNCTION public.dice(sides integer)")]
    [InlineData(@"\sv stuck_orders", "CREATE OR REPLACE VIEW public.stuck_orders AS")]
    [InlineData(@"\du", "safe_reader")]
    [InlineData(@"\z recipes", "safe_reader=r/recipes_owner")]
    [InlineData(@"\dT+", "order_status")]
    [InlineData(@"\dx", "plpgsql")]
    [InlineData(@"\l+", "recipes")]
    [InlineData(@"\dconfig *timeout", "statement_timeout")]
    public async Task Command_shows(string command, string text) =>
        Assert.Contains(text, new PsqlOutput(await site.RunAsync("psql-commands"))[command], StringComparison.Ordinal);

    [Fact]
    public async Task Nothing_that_reads_meets_an_error_a_warning_or_a_notice() =>
        Assert.Empty(new PsqlOutput(await site.RunAsync("psql")).Faulty(name => !name.StartsWith("refused", StringComparison.Ordinal) && !FaultIsMeant.Contains(name)));

    [Theory]
    [InlineData("timing", "Time: ")]
    [InlineData("expanded", "username | cook4711")]
    [InlineData("gx", "name | meal")]
    [InlineData("gset", "8000")]
    [InlineData("gdesc", "jsonb")]
    [InlineData("gexec", "in_jobs")]
    [InlineData("crosstabview", "| archived |")]
    [InlineData("watch", "again")]
    [InlineData("watch", "ERROR:  division by zero")]
    [InlineData("copy", "1,meal")]
    [InlineData("copy_to_file", "20")]
    [InlineData("output_file", "(4 rows)")]
    [InlineData("set_show", "8MB")]
    [InlineData("show_all", "default_transaction_read_only")]
    [InlineData("prepare", "diet")]
    [InlineData("cursor", "MOVE 10")]
    [InlineData("fetch_count", "(5 rows)")]
    [InlineData("on_error_rollback", "after the fault")]
    [InlineData("explain", "index_reviews_on_recipe_id")]
    [InlineData("multi", " second ")]
    [InlineData("functions", " t      | t")]
    [InlineData("stuck", "215")]
    [InlineData("statistics", " t     | t")]
    [InlineData("connect", "connected again")]
    [InlineData("password_free", "You are now connected to database \"recipes\"")]
    public async Task Read_shows(string name, string text) =>
        Assert.Contains(text, new PsqlOutput(await site.RunAsync("psql"))[name], StringComparison.Ordinal);

    [Theory]
    [InlineData("refused_update", "ERROR:  SafeConsole denied this statement: UPDATE changes the database", "state 25006")]
    [InlineData("refused_gexec", "DELETE changes the database", "state 25006")]
    [InlineData("refused_copy", "COPY FROM writes to a table", "state 25006")]
    [InlineData("refused_role", "ERROR:  42501: ", "state 42501")]
    [InlineData("refused_in_transaction", "ERROR:  current transaction is aborted", "state 25P02")]
    public async Task Write_fails_as_an_ordinary_error(string name, string error, string state)
    {
        var output = new PsqlOutput(await site.RunAsync("psql"));

        Assert.Contains(error, output[name], StringComparison.Ordinal);
        Assert.Contains(state, output[name], StringComparison.Ordinal);
        Assert.Contains("8000", output["usable"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tab_completes_names_that_only_the_server_knows()
    {
        await using var session = await site.Script.OpenAsync("recipes", "psql", "REC-123 completion");
        await session.ShowsAsync("recipes=> ");

        await TypeAndSeeAsync("SELECT * FROM ingr\t", "edients ");
        await TypeAndSeeAsync("WHERE aller\t", "gens ");
        await TypeAndSeeAsync("IS NULL;\r", "(0 rows)");
        await TypeAndSeeAsync("SELECT * FROM rec\t\t\t", "recipe_tags");
        await TypeAndSeeAsync("\u0015", "");
        await TypeAndSeeAsync(@"\d stuck" + "\t", "_orders ");
        await TypeAndSeeAsync("\r", "View \"public.stuck_orders\"");
        await TypeAndSeeAsync("SET intervals\t", "tyle ");
        await TypeAndSeeAsync("TO iso_8\t", "601");
        await TypeAndSeeAsync(";\r", "SET");
        await TypeAndSeeAsync(@"\sf avg_r" + "\t", "ating");
        await TypeAndSeeAsync("\r", "CREATE OR REPLACE FUNCTION public.avg_rating");
        Assert.DoesNotContain(session.Entries, entry => entry.Type == "statement.judged" && entry.Text("verdict") == "denied");

        async Task TypeAndSeeAsync(string keys, string shown)
        {
            var from = session.Screen.Length;
            await session.TypeAsync(keys);
            await session.ShowsAsync(shown, from);
        }
    }
}
