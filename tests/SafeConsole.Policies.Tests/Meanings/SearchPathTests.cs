using SafeConsole.Policies.Catalogs;
using SafeConsole.Proxy.Postgres.Catalogs;

namespace SafeConsole.Policies.Tests.Meanings;

/// <summary>What a name means under the search paths that can be in force.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class SearchPathTests(DatabaseFixture database)
{
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email = username")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email = 'x'")]
    [InlineData("public, own2", "SELECT NULLIF(email, username) FROM users")]
    [InlineData("public, own2", "SELECT CASE email WHEN 'x' THEN 1 END FROM users")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email IN ('a', 'b')")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email = ANY (ARRAY[username])")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email = ANY (SELECT username FROM users)")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE (id, email) IN (SELECT id, username FROM users)")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE (email, id) = (username, id)")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email BETWEEN 'a' AND 'b'")]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE email IS NOT DISTINCT FROM username")]
    [InlineData("public, own2", "SELECT 1 FROM users a JOIN users b USING (email)")]
    [InlineData("public, own2", "SELECT 1 FROM users NATURAL JOIN (SELECT email FROM users) v")]
    [InlineData("public, own2", "SELECT 1 FROM users ORDER BY email USING >=")]
    [InlineData("public, shadow", "SELECT lower(email) FROM users")]
    [InlineData("public, shadow", "SELECT (email).lower FROM users")]
    [InlineData("shadow, pg_catalog", "SELECT version()")]
    [InlineData("shadow, pg_catalog", "SELECT now()")]
    [InlineData("shadow, pg_catalog, public", "SELECT count(id) FROM tags")]
    [InlineData("shadow, pg_catalog, public", "SELECT count(id) OVER () FROM tags")]
    [InlineData("shadow, pg_catalog", "SELECT '2026-01-01'::date")]
    [InlineData("shadow, pg_catalog", "SELECT date '2026-01-01'")]
    [InlineData("shadow, pg_catalog", "SELECT date('2026-01-01')")]
    [InlineData("shadow, pg_catalog", "SELECT * FROM pg_stat_activity")]
    [InlineData("shadow, public", "SELECT id FROM users")]
    [InlineData("own3, public", "SELECT log('x')")]
    public void Under_the_path_a_name_means_what_hides_there(string path, string sql) => Assert.Equal(VerdictOutcome.Denied, Send(path, sql).Outcome);

    [Theory]
    [InlineData("public, own2", "SELECT 1 FROM users WHERE id = 3 AND email::text = 'x' AND display_name = 'y'")]
    [InlineData("public, own2", "SELECT 1 FROM recipes a JOIN recipes b USING (id) WHERE a.status IN ('draft')")]
    [InlineData("public, shadow", "SELECT lower(display_name), lower(email::text), now(), version(), count(*) FROM users GROUP BY 1, 2")]
    [InlineData("public, shadow", "SELECT email FROM users WHERE created_at > date '2026-01-01' AND id = 1")]
    [InlineData("shadow, pg_catalog, public", "SELECT count(*), lower(name) FROM tags GROUP BY 2")]
    [InlineData("own3, public", "SELECT log(100), log(2.0, 8.0)")]
    [InlineData("", "SELECT pg_catalog.count(*) FROM public.tags")]
    [InlineData("no_such_schema, public", "SELECT name FROM tags")]
    [InlineData("\"$user\", public", "SELECT name FROM tags")]
    public void What_hides_there_is_not_meant_by_everything(string path, string sql) => Assert.Equal("It only reads.", Send(path, sql).Reason);

    [Fact]
    public async Task A_schema_that_the_role_may_not_use_is_passed_over()
    {
        DatabaseCatalog others = await new CatalogReader(database.Source, "recipes_app").ReadAsync();

        Assert.Equal(VerdictOutcome.Approved, Send("forbidden, own3, own", "SELECT by_path()").Outcome);
        Assert.Equal(VerdictOutcome.Denied, new SessionScript(judge, others, "forbidden, own3, own").Send("SELECT by_path()").Outcome);
    }

    [Theory]
    [InlineData("SET search_path = shadow")]
    [InlineData("SET LOCAL search_path TO public, shadow")]
    [InlineData("SET SCHEMA 'shadow'")]
    [InlineData("SELECT set_config('search_path', 'public, \"shadow\"', true)")]
    [InlineData("SET search_path = own2, pg_catalog")]
    [InlineData("SELECT set_config('search_path', 'a b', false)")]
    [InlineData("SELECT set_config('search_path', 'own', false), set_config('search_path', 'public', false)")]
    [InlineData("PREPARE p AS SELECT set_config('search_path', 'own', false)")]
    [InlineData("DECLARE c CURSOR FOR SELECT set_config('search_path', 'own', false)")]
    [InlineData("SELECT query_to_xml('SELECT set_config(''search_path'', ''own'', false)', true, false, '')")]
    public void A_path_that_hides_built_in_names_or_comes_unseen_is_refused(string sql) => Assert.Equal(VerdictOutcome.Denied, Send(null, sql).Outcome);

    [Fact]
    public void An_error_may_have_undone_a_path()
    {
        var script = new SessionScript(judge, database.Catalog);
        script.Send("SET search_path = own3, own, public");
        script.Send("SET search_path = own, public; SELECT 1/0", fails: true);

        Assert.Equal(VerdictOutcome.Denied, script.Send("SELECT by_path()").Outcome);
    }

    [Fact]
    public void Commit_of_a_failed_transaction_may_undo_a_path()
    {
        var script = new SessionScript(judge, database.Catalog);
        script.Send(["SET search_path = own3, own, public", "BEGIN", "SET search_path = own, public"]);
        script.Send("SELECT 1/0", fails: true);
        script.Send("COMMIT");

        Assert.Equal(VerdictOutcome.Denied, script.Send("SELECT by_path()").Outcome);
    }

    [Fact]
    public void A_path_that_may_have_been_set_counts_beside_the_one_before()
    {
        var script = new SessionScript(judge, database.Catalog, "own, public");
        script.Send("SELECT set_config('search_path', 'own3, own, public', false) FROM public.tags WHERE id = 99");

        Assert.Equal(VerdictOutcome.Denied, script.Send("SELECT by_path()").Outcome);
        script.Send("SET search_path = own, public");
        Assert.Equal(VerdictOutcome.Approved, script.Send("SELECT by_path()").Outcome);
    }

    [Fact]
    public void A_name_given_by_a_Parse_message_is_judged_again_when_it_is_executed()
    {
        SessionNames session = new SessionNames(database.Catalog, "own, public").Parsed("s1", "SELECT by_path()");
        SessionNames later = session.Sent(judge.Judge(TestPolicies.Recipes, "SET search_path = own3, own", "simple", session).Approved!);

        Assert.Equal(VerdictOutcome.Approved, judge.Judge(TestPolicies.Recipes, "EXECUTE s1", "simple", session).Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "EXECUTE s1", "simple", later).Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "EXPLAIN EXECUTE s1", "simple", later).Verdict.Outcome);
    }

    [Fact]
    public void A_chained_transaction_remembers_the_path_before_it()
    {
        var script = new SessionScript(judge, database.Catalog);
        script.Send(["SET search_path = own3, own, public", "BEGIN", "SELECT 1", "COMMIT AND CHAIN", "SET search_path = own, public", "ROLLBACK"]);

        Assert.Equal(VerdictOutcome.Denied, script.Send("SELECT by_path()").Outcome);
    }

    [Fact]
    public void Paths_without_number_are_not_kept_in_mind()
    {
        var script = new SessionScript(judge, database.Catalog);
        script.Send("BEGIN");
        Verdict[] verdicts = script.Send(Enumerable.Range(0, 40).Select(number => $"SET search_path = public, own, s{number}"));

        Assert.Equal("setting.search-path", verdicts[^1].Rule);
        Assert.Equal(VerdictOutcome.Approved, verdicts[0].Outcome);
        script.Send("COMMIT");
        Assert.Equal(VerdictOutcome.Approved, script.Send("SET search_path = public").Outcome);
    }

    [Fact]
    public void Fetching_from_a_portal_judges_its_text_under_the_path_of_the_moment()
    {
        SessionNames session = new SessionNames(database.Catalog, "own3, own").Bound("p1", "SELECT by_path()");

        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "FETCH 1 FROM p1", "simple", session).Verdict.Outcome);
    }

    [Fact]
    public async Task Fetching_from_a_cursor_of_which_no_text_is_known_is_refused_where_the_catalog_was_changed_since()
    {
        DatabaseCatalog other = await database.Reader.ReadAsync();
        SessionNames begun = After(new SessionNames(database.Catalog), "BEGIN");
        SessionNames changed = begun with { Catalog = other };

        Assert.Equal("read", Rule(begun, "FETCH 1 FROM opened_elsewhere"));
        Assert.Equal("name.unknown", Rule(changed, "FETCH 1 FROM opened_elsewhere"));
        Assert.Equal("read", Rule(begun, "SELECT own.fetch_given('c')"));
        Assert.Equal("function.cursor", Rule(changed, "SELECT own.fetch_given('c')"));
        Assert.Equal("read", Rule(After(changed, "COMMIT"), "SELECT own.fetch_given('c')"));
        Assert.Equal("read", Rule(After(new SessionNames(database.Catalog) with { Catalog = other }, "BEGIN"), "SELECT own.fetch_given('c')"));
    }

    [Fact]
    public void Fetching_from_a_cursor_that_a_function_opened_is_refused_where_the_path_was_changed_since()
    {
        var script = new SessionScript(judge, database.Catalog);
        Verdict[] verdicts = script.Send(["BEGIN", "FETCH 1 FROM opened_elsewhere", "SET search_path = own, public", "FETCH 1 FROM opened_elsewhere"]);

        Assert.Equal(VerdictOutcome.Approved, verdicts[1].Outcome);
        Assert.Equal("name.unknown", verdicts[3].Rule);
    }

    [Theory]
    [InlineData("SELECT set_config('search_path', 'own3', false)")]
    [InlineData("SET search_path = own3")]
    [InlineData("PREPARE other AS SELECT 1")]
    [InlineData("DEALLOCATE ALL")]
    [InlineData("ROLLBACK")]
    [InlineData("EXECUTE other")]
    public void A_name_that_a_message_gave_to_what_changes_meanings_is_not_run_by_SQL(string text)
    {
        SessionNames session = new SessionNames(database.Catalog).Parsed("other", "SELECT 1").Parsed("s1", text).Bound("p1", text);

        Assert.Equal(VerdictOutcome.Approved, judge.Judge(TestPolicies.Recipes, text, "extended", session).Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "EXECUTE s1", "simple", session).Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "EXPLAIN ANALYZE EXECUTE s1", "simple", session).Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "FETCH ALL FROM p1", "simple", session).Verdict.Outcome);
    }

    [Fact]
    public void A_path_that_a_savepoint_can_bring_back_is_not_settled()
    {
        SessionNames session = new(database.Catalog, "\"public\"");
        foreach (string sql in new[] { "BEGIN", "SET search_path = own3", "SAVEPOINT s", "SET search_path = public" })
        {
            session = session.Sent(judge.Judge(TestPolicies.Recipes, sql, "simple", session).Approved!);
        }

        Assert.False(session.IsSettled);
        Assert.True(session.Sent(judge.Judge(TestPolicies.Recipes, "COMMIT", "simple", session).Approved!).IsSettled);
    }

    [Fact]
    public void A_failed_commit_leaves_either_path()
    {
        SessionNames session = new(database.Catalog, "own3, own, public");
        foreach (string sql in new[] { "BEGIN", "SET search_path = own, public" })
        {
            session = session.Sent(judge.Judge(TestPolicies.Recipes, sql, "simple", session).Approved!);
        }

        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, "SELECT by_path()", "simple", session.Undone().Settled()).Verdict.Outcome);
    }

    [Fact]
    public void Paths_whose_verdicts_are_known_count_as_well()
    {
        string Setting(int number) => $"SET search_path = public, own, s{number}";
        var first = new SessionScript(judge, database.Catalog);
        first.Send(Enumerable.Range(0, 40).Select(Setting));
        var second = new SessionScript(judge, database.Catalog);
        Verdict[] verdicts = second.Send(Enumerable.Range(0, 40).Select(Setting).Prepend("BEGIN"));

        Assert.Equal("setting.search-path", verdicts[^1].Rule);
    }

    [Theory]
    [InlineData("COMMIT; SELECT by_path()")]
    [InlineData("ROLLBACK; SELECT by_path()")]
    public void A_verdict_that_is_known_does_not_hold_where_the_transaction_ends_in_another_path(string text)
    {
        var honest = new SessionScript(judge, database.Catalog, "own, public");
        honest.Send("BEGIN");
        Assert.Equal(VerdictOutcome.Approved, honest.Send(text).Outcome);

        var other = new SessionScript(judge, database.Catalog, "own3, own, public");
        other.Send(["BEGIN", "SET LOCAL search_path = own, public"]);
        Assert.Equal(VerdictOutcome.Denied, other.Send(text).Outcome);
    }

    [Theory]
    [InlineData("SELECT {0}.pg_catalog.set_config('statement_timeout', '0', false)")]
    [InlineData("SELECT * FROM {0}.pg_catalog.set_config('default_transaction_read_only', 'off', false)")]
    [InlineData("SELECT {0}.pg_catalog.set_config('search_path', 'shadow', false)")]
    public void The_database_before_a_schema_changes_nothing(string sql) =>
        Assert.Equal(VerdictOutcome.Denied, Send(null, string.Format(System.Globalization.CultureInfo.InvariantCulture, sql, database.Catalog.Database)).Outcome);

    private Verdict Send(string? path, string sql) => new SessionScript(judge, database.Catalog, path).Send(sql);

    private SessionNames After(SessionNames session, string sql) => session.Sent(judge.Judge(TestPolicies.Recipes, sql, "simple", session).Approved!);

    private string Rule(SessionNames session, string sql) => judge.Judge(TestPolicies.Recipes, sql, "simple", session).Verdict.Rule;
}
