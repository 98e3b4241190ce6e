namespace SafeConsole.Policies.Tests.Judging;

/// <summary>What a verdict says, beside yes and no.</summary>
public sealed class VerdictTests
{
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("DELETE FROM reviews", "statement.kind", "25006", 1)]
    [InlineData("  DELETE FROM reviews", "statement.kind", "25006", 3)]
    [InlineData("SELECT 1; DROP TABLE follows", "statement.kind", "25006", 11)]
    [InlineData("DO $$ BEGIN END $$", "statement.kind", "42501", 1)]
    [InlineData("SELECT 1 INTO t", "select.into", "25006", 15)]
    [InlineData("SELECT 1 FROM t FOR UPDATE", "select.locking", "25006", 1)]
    [InlineData("WITH x AS (DELETE FROM t RETURNING 1) SELECT 1", "with.writes", "25006", 6)]
    [InlineData("EXPLAIN ANALYZE DELETE FROM t", "explain.writes", "25006", 1)]
    [InlineData("EXPLAIN (TURBO) SELECT 1", "explain.option", "42501", 10)]
    [InlineData("COPY t FROM STDIN", "copy.not-allowed", "25006", 1)]
    [InlineData("COPY t TO '/tmp/x'", "copy.not-allowed", "42501", 1)]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT 1", "cursor.hold", "42501", 1)]
    [InlineData("COMMIT PREPARED 'x'", "transaction.prepared", "42501", 1)]
    [InlineData("PREPARE p AS DELETE FROM t", "statement.nested", "25006", 1)]
    [InlineData("SET trap.anything = 'x'", "setting.not-allowed", "42501", 1)]
    [InlineData("SET standard_conforming_strings = off", "setting.pinned", "42501", 35)]
    [InlineData("SET search_path = shadow", "setting.value", "42501", 19)]
    [InlineData("SELECT set_config('role', 'postgres', false)", "setting.not-allowed", "42501", 8)]
    [InlineData("SELECT set_config(n, 'x', false) FROM t", "setting.function", "42501", 8)]
    [InlineData("CREATE DOMAIN d AS int", "statement.kind", "25006", 1)]
    [InlineData("ALTER DATABASE recipes RESET ALL", "statement.kind", "25006", 1)]
    [InlineData("ALTER SYSTEM RESET ALL", "statement.kind", "42501", 1)]
    [InlineData("SECURITY LABEL ON TABLE t IS 'x'", "statement.kind", "25006", 1)]
    [InlineData("SELECT setval('s', 1)", "function.not-allowed", "25006", 8)]
    [InlineData("SELECT pg_advisory_lock(1)", "function.not-allowed", "42501", 8)]
    [InlineData("SELECT nobody_knows(1)", "function.unknown", "42501", 8)]
    [InlineData("SELECT trap.lower('a')", "function.unknown", "42501", 8)]
    [InlineData("SELECT pg_sleep(1), pg_sleep(1)", "function.sleep", "42501", 21)]
    [InlineData("SELECT 1 OPERATOR(shadow.=) 1", "operator.not-allowed", "42501", 10)]
    [InlineData("SELECT 'x'::trap.boom", "type.not-allowed", "42501", 13)]
    [InlineData("SELECT * FROM t TABLESAMPLE evil(1)", "sample.not-allowed", "42501", 29)]
    [InlineData("SELECT * FROM pg_authid", "relation.credentials", "42501", 15)]
    [InlineData("SELECT * FROM pg_hba_file_rules", "relation.server-files", "42501", 15)]
    [InlineData("SELECT * FROM other.public.t", "relation.other-database", "42501", 15)]
    [InlineData("SELECT * FROM pg_subscription", "relation.secret-column", "42501", 15)]
    [InlineData("SELEC 1", "sql.syntax", "42601", 1)]
    [InlineData("SELECT 1\0; DELETE FROM t", "sql.null-byte", "42601", null)]
    public void A_denial_names_rule_sqlstate_and_place(string sql, string rule, string sqlState, int? position)
    {
        Judgement judgement = Judge(sql);

        Assert.Equal((VerdictOutcome.Denied, rule, sqlState, position), (judgement.Verdict.Outcome, judgement.Verdict.Rule, judgement.Verdict.SqlState, judgement.Verdict.Position));
        Assert.Null(judgement.Approved);
        Assert.NotEmpty(judgement.Verdict.Reason);
    }

    [Theory]
    [InlineData("SELECT 'é', pg_notify('a', 'b')", 13)]
    [InlineData("SELECT '日本', pg_notify('a', 'b')", 14)]
    [InlineData("SELECT '😀', pg_notify('a', 'b')", 13)]
    [InlineData("SELECT 'é'; SELEC 1", 13)]
    public void Positions_count_characters_as_PostgreSQL_does(string sql, int position) => Assert.Equal(position, Judge(sql).Verdict.Position);

    [Fact]
    public void Half_a_surrogate_pair_is_not_text() => Assert.Equal("sql.encoding", Judge("SELECT '\ud800'").Verdict.Rule);

    [Fact]
    public void A_syntax_error_is_told_in_PostgreSQLs_own_words()
    {
        Verdict verdict = Judge("SELECT FROM WHERE").Verdict;

        Assert.Equal("syntax error at or near \"WHERE\"", verdict.Reason);
        Assert.Null(verdict.Hint);
    }

    [Fact]
    public void The_hint_ends_in_the_policys_own_words_and_link()
    {
        TargetPolicy policy = TestPolicies.Make(new RefusalPolicy("Ask #recipes for a migration.", new Uri("https://wiki.example.org/console")));

        string? hint = judge.Judge(policy, "DELETE FROM reviews", "simple").Verdict.Hint;

        Assert.Equal("Run the change through the application or a migration. Ask #recipes for a migration. https://wiki.example.org/console", hint);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; ; ")]
    [InlineData("/* ping */ -- pong")]
    public void A_text_without_statements_is_approved_without_parts(string sql)
    {
        ApprovedStatement approved = Judge(sql).Approved!;

        Assert.Empty(approved.Parts);
        Assert.Equal(sql, approved.Text);
    }

    [Fact]
    public void Parts_name_what_the_proxy_must_remember()
    {
        ApprovedStatement approved = Judge(
            "BEGIN; SAVEPOINT s; PREPARE p AS SELECT 1; EXECUTE p; EXPLAIN EXECUTE p; DECLARE c CURSOR FOR SELECT 1; FETCH 1 FROM c; MOVE 1 FROM c; CLOSE c; "
            + "DEALLOCATE ALL; ROLLBACK TO s; RELEASE s; COMMIT; DISCARD ALL; SET timezone = 'UTC'; RESET ALL; SHOW ALL; COPY t TO STDOUT; UNLISTEN *").Approved!;

        string[] parts = [.. approved.Parts.Select(part => $"{part.Kind} {part.Name}".TrimEnd())];
        Assert.Equal(
            ["begin", "savepoint s", "prepare p", "execute p", "explain p", "declare c", "fetch c", "move c", "close c", "deallocate", "rollback-to s", "release s", "commit", "discard-all", "set timezone", "reset", "show all", "copy", "unlisten"],
            parts);
    }

    [Fact]
    public void The_same_text_under_another_policy_is_judged_anew()
    {
        TargetPolicy strict = TestPolicies.Recipes with { Limits = TestPolicies.Recipes.Limits with { StatementTimeout = TimeSpan.FromSeconds(1) } };

        Assert.Equal(VerdictOutcome.Approved, Judge("SET statement_timeout = '3s'").Verdict.Outcome);
        Assert.Equal(VerdictOutcome.Flagged, judge.Judge(strict, "SET statement_timeout = '3s'", "simple").Verdict.Outcome);
        Assert.Same(Judge("SELECT 1"), Judge("SELECT 1"));
    }

    private Judgement Judge(string sql) => judge.Judge(TestPolicies.Recipes, sql, "simple");
}
