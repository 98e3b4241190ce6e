using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Proxy.Postgres.Catalogs;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>What a verdict by meaning says, and what it depends on.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class MeaningTests(DatabaseFixture database)
{
    private const uint Varchar = 1043;
    private const uint Text = 25;
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("SELECT own.step1()", "function.setting|setting.function|function.in-body", 8)]
    [InlineData("SELECT 1, current_tenant()", "function.security-definer", 11)]
    [InlineData("SELECT * FROM import_log", "relation.foreign", 15)]
    [InlineData("SELECT * FROM nothing", "relation.unknown", 15)]
    [InlineData("SELECT nothing()", "function.unknown", 8)]
    [InlineData("SELECT 'x'::nothing", "type.unknown", 13)]
    [InlineData("SELECT 1 OPERATOR(trap.<=>) 2", "operator.unknown", 10)]
    [InlineData("SELECT own.joined_open('x')", "function.dynamic-sql", 8)]
    public void A_denial_names_its_rule_and_place(string sql, string rules, int position)
    {
        Verdict verdict = Send(sql);

        Assert.Contains(verdict.Rule, rules.Split('|'));
        Assert.Equal(position, verdict.Position);
    }

    [Fact]
    public void A_denial_tells_the_way_to_the_effect() =>
        Assert.StartsWith("own.step1() → own.step2() → own.step3() → own.evil() → trap.side_effect() ", Send("SELECT own.step1()").Reason, StringComparison.Ordinal);

    [Theory]
    [InlineData("SELECT * FROM nothing", "42P01")]
    [InlineData("SELECT nothing()", "42883")]
    [InlineData("SELECT 'x'::nothing", "42704")]
    [InlineData("SELECT own.evil()", "42501")]
    [InlineData("SELECT nextval('tags_id_seq')", "25006")]
    [InlineData("SELECT * FROM next_invoice", "25006")]
    [InlineData("SELECT own.locks()", "25006")]
    public void What_does_not_exist_is_refused_as_PostgreSQL_refuses_it(string sql, string state) => Assert.Equal(state, Send(sql).SqlState);

    [Theory]
    [InlineData("own.definer", true)]
    [InlineData("own.definer()", true)]
    [InlineData("own.definer(integer)", false)]
    [InlineData("own.defined", false)]
    public void A_function_that_the_policy_names_passes(string entry, bool passes)
    {
        TargetPolicy policy = TestPolicies.Recipes with { Database = TestPolicies.Recipes.Database with { AllowedFunctions = [entry] } };

        Assert.Equal(passes, new SessionScript(judge, database.Catalog, policy: policy).Send("SELECT own.definer()").Outcome == VerdictOutcome.Approved);
    }

    [Theory]
    [InlineData(Varchar, VerdictOutcome.Denied)]
    [InlineData(Text, VerdictOutcome.Approved)]
    [InlineData(0u, VerdictOutcome.Approved)]
    public void A_parameters_type_chooses_the_overload(uint type, VerdictOutcome outcome) =>
        Assert.Equal(outcome, new SessionScript(judge, database.Catalog).Send("SELECT initcap($1)", parameterTypes: [type]).Outcome);

    [Fact]
    public void Binding_a_parameter_makes_a_value_of_its_type()
    {
        uint boom = database.Catalog.Types.Values.Single(type => type.Name == "boom").Oid;
        uint rating = database.Catalog.Types.Values.Single(type => type.Name == "rating").Oid;

        Assert.Equal(VerdictOutcome.Denied, new SessionScript(judge, database.Catalog).Send("SELECT $1", parameterTypes: [boom]).Outcome);
        Assert.Equal(VerdictOutcome.Approved, new SessionScript(judge, database.Catalog).Send("SELECT $1", parameterTypes: [rating]).Outcome);
        Assert.Equal(VerdictOutcome.Denied, new SessionScript(judge, database.Catalog).Send("SELECT $1", parameterTypes: [999_999]).Outcome);
    }

    [Theory]
    [InlineData("SELECT 1 FROM tags WHERE name NOT ILIKE $1", 0u, VerdictOutcome.Approved)]
    [InlineData("SELECT 1 FROM tags WHERE name NOT ILIKE $1", Varchar, VerdictOutcome.Approved)]
    [InlineData("SELECT 1 FROM recipes WHERE title NOT ILIKE $1", 0u, VerdictOutcome.Denied)]
    [InlineData("SELECT 1 FROM recipes WHERE title NOT ILIKE $1", Text, VerdictOutcome.Approved)]
    [InlineData("SELECT 1 FROM recipes WHERE title = $1 AND initcap($1) = 'x'", 0u, VerdictOutcome.Denied)]
    public void A_parameter_beside_a_column_chooses_the_operator(string sql, uint type, VerdictOutcome outcome) =>
        Assert.Equal(outcome, new SessionScript(judge, database.Catalog).Send(sql, parameterTypes: [type]).Outcome);

    [Fact]
    public async Task The_readers_role_reads_the_same_catalog_on_the_standby()
    {
        await using var standby = NpgsqlDataSource.Create(database.StandbyReader);
        DatabaseCatalog catalog = await new CatalogReader(standby, "safe_reader").ReadAsync();

        Assert.Equal(database.Catalog.Version, catalog.Version);
        Assert.Equal(database.Catalog.SearchPath, catalog.SearchPath);
        Assert.Equal(database.Catalog.Functions.Count, catalog.Functions.Count);
        Assert.Equal(VerdictOutcome.Approved, new SessionScript(judge, catalog).Send("SELECT * FROM own.walk()").Outcome);
        Assert.Equal(VerdictOutcome.Denied, new SessionScript(judge, catalog).Send("SELECT * FROM recipe_page").Outcome);
    }

    [Fact]
    public void A_parameter_of_which_nothing_is_known_could_choose_any() => Assert.Equal(VerdictOutcome.Denied, Send("SELECT initcap($1)").Outcome);

    [Theory]
    [InlineData("EXPLAIN INSERT INTO tags (name) VALUES ('x') ON CONFLICT (name) DO UPDATE SET name = upper(excluded.name) RETURNING id")]
    [InlineData("EXPLAIN UPDATE recipes r SET (title, slug) = (SELECT upper(t.name), 'x' FROM tags t LIMIT 1), view_count = DEFAULT FROM users u WHERE u.id = r.user_id")]
    [InlineData("EXPLAIN WITH x AS (SELECT 1 AS id) DELETE FROM reviews USING x WHERE reviews.id = x.id")]
    [InlineData("EXPLAIN MERGE INTO tags t USING tags s ON t.id = s.id WHEN MATCHED AND s.id > 1 THEN UPDATE SET name = s.name WHEN NOT MATCHED THEN INSERT (name) VALUES (s.name)")]
    public void A_write_that_is_only_planned_passes(string sql) => Assert.Equal("It only reads.", Send(sql).Reason);

    [Fact]
    public async Task A_changed_database_has_another_version()
    {
        string before = await database.Reader.AskVersionAsync();
        await using (var command = database.Source.CreateCommand("CREATE FUNCTION own.newest() RETURNS int LANGUAGE sql AS 'SELECT 1'"))
        {
            await command.ExecuteNonQueryAsync();
        }

        DatabaseCatalog newest = await database.Reader.ReadAsync();

        Assert.Equal(before, database.Catalog.Version);
        Assert.NotEqual(before, newest.Version);
        Assert.Equal(VerdictOutcome.Denied, Send("SELECT own.newest()").Outcome);
        Assert.Equal(VerdictOutcome.Approved, new SessionScript(judge, newest).Send("SELECT own.newest()").Outcome);
        await using (var command = database.Source.CreateCommand("DROP FUNCTION own.newest()"))
        {
            await command.ExecuteNonQueryAsync();
        }
    }

    [Fact]
    public async Task Temporary_tables_of_others_leave_the_version_alone()
    {
        await using NpgsqlConnection other = await database.Source.OpenConnectionAsync();
        async Task RunAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, other);
            await command.ExecuteNonQueryAsync();
        }

        await RunAsync("CREATE TEMPORARY TABLE first ()");
        string before = await database.Reader.AskVersionAsync();

        await RunAsync("CREATE TEMPORARY TABLE second (id serial PRIMARY KEY, n int DEFAULT 3 CHECK (n > 0), note text)");

        Assert.Equal(before, await database.Reader.AskVersionAsync());
    }

    [Fact]
    public void The_same_text_under_another_path_is_judged_anew()
    {
        Assert.Equal(VerdictOutcome.Approved, new SessionScript(judge, database.Catalog, "own, public").Send("SELECT by_path()").Outcome);
        Assert.Equal(VerdictOutcome.Denied, new SessionScript(judge, database.Catalog, "own3, own").Send("SELECT by_path()").Outcome);
    }

    [Fact]
    public void Deep_statements_end_in_a_verdict()
    {
        string deep = "SELECT " + string.Concat(Enumerable.Repeat("upper(", 300)) + "'x'" + new string(')', 300);
        string chain = "SELECT 1" + string.Concat(Enumerable.Repeat(" UNION ALL SELECT 1", 900));

        Assert.Equal("It only reads.", OnSmallStack(deep).Reason);
        Assert.Equal("It only reads.", OnSmallStack(chain).Reason);
        Assert.Equal("It only reads.", Send("SELECT 1 WHERE 1 IN (" + string.Join(',', Enumerable.Range(0, 20_000)) + ")").Reason);
    }

    private Verdict Send(string sql) => new SessionScript(judge, database.Catalog).Send(sql);

    /// <summary>On a stack much smaller than a pool thread's.</summary>
    private Verdict OnSmallStack(string sql)
    {
        Verdict? verdict = null;
        var thread = new Thread(() => verdict = Send(sql), 512 * 1024);
        thread.Start();
        thread.Join();
        return verdict!;
    }
}
