namespace SafeConsole.Policies.Tests.Judging;

/// <summary>Requests that succeed for the client and have no effect.</summary>
public sealed class RewriteTests
{
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("BEGIN READ WRITE", "BEGIN READ ONLY")]
    [InlineData("BEGIN READ ONLY, READ WRITE", "BEGIN READ ONLY")]
    [InlineData("BEGIN READ/**/WRITE -- x", "BEGIN READ ONLY")]
    [InlineData("START TRANSACTION ISOLATION LEVEL READ COMMITTED READ WRITE NOT DEFERRABLE", "START TRANSACTION ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE, READ ONLY")]
    [InlineData("SET TRANSACTION READ WRITE", "SET TRANSACTION READ ONLY")]
    [InlineData("SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")]
    [InlineData("SELECT 'é'; BEGIN READ WRITE; SELECT 'ü'", "SELECT 'é';BEGIN READ ONLY; SELECT 'ü'")]
    [InlineData("RESET default_transaction_read_only", "SET default_transaction_read_only TO 'on'")]
    [InlineData("SET LOCAL transaction_read_only TO DEFAULT", "SET LOCAL transaction_read_only TO 'on'")]
    [InlineData("SET NAMES DEFAULT", "SET client_encoding TO 'UTF8'")]
    [InlineData("SET statement_timeout = 0", "SET statement_timeout TO '5000ms'")]
    [InlineData("SET LOCAL STATEMENT_TIMEOUT TO '1h'", "SET LOCAL statement_timeout TO '5000ms'")]
    [InlineData("SET statement_timeout = -1", "SET statement_timeout TO '5000ms'")]
    [InlineData("SET statement_timeout = 0.4", "SET statement_timeout TO '5000ms'")]
    [InlineData("SET work_mem = '1GB'", "SET work_mem TO '65536'")]
    [InlineData("SET max_parallel_workers_per_gather = 1024", "SET max_parallel_workers_per_gather TO '4'")]
    [InlineData("DISCARD TEMP", "DISCARD PLANS")]
    [InlineData("UNLISTEN *;DISCARD SEQUENCES;DISCARD TEMP;RESET ALL", "UNLISTEN *;DISCARD PLANS;DISCARD PLANS;RESET ALL")]
    [InlineData("SET lock_timeout = '2s'; SET idle_in_transaction_session_timeout = 0", "SET lock_timeout TO '1000ms';SET idle_in_transaction_session_timeout TO '60000ms'")]
    public void Reaching_beyond_is_made_ineffective_and_flagged(string sql, string sent)
    {
        Judgement judgement = judge.Judge(TestPolicies.Recipes, sql, "simple");

        Assert.Equal(VerdictOutcome.Flagged, judgement.Verdict.Outcome);
        Assert.Equal(sent, judgement.Approved!.Text);
        Assert.NotEmpty(judgement.Approved.Notices);
    }

    [Theory]
    [InlineData("SET statement_timeout = 5000")]
    [InlineData("SET statement_timeout = '200ms'")]
    [InlineData("SET LOCAL lock_timeout = '0.5s'")]
    [InlineData("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")]
    [InlineData("SET default_transaction_read_only = on")]
    [InlineData("SET NAMES 'UTF8'")]
    [InlineData("DISCARD PLANS")]
    [InlineData("RESET timezone")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT id FROM tags LIMIT 100000")]
    public void What_stays_within_the_limits_is_sent_as_it_is(string sql)
    {
        Judgement judgement = judge.Judge(TestPolicies.Recipes, sql, "extended");

        Assert.Equal(VerdictOutcome.Approved, judgement.Verdict.Outcome);
        Assert.Equal(sql, judgement.Approved!.Text);
        Assert.Empty(judgement.Approved.Notices);
    }

    [Theory]
    [InlineData("RESET statement_timeout")]
    [InlineData("SET LOCAL lock_timeout TO DEFAULT")]
    [InlineData("RESET work_mem")]
    [InlineData("RESET ALL")]
    [InlineData("DISCARD ALL")]
    public void Going_back_to_the_policys_own_limits_is_flagged_and_sent_as_it_is(string sql)
    {
        Judgement judgement = judge.Judge(TestPolicies.Recipes, sql, "simple");

        Assert.Equal((VerdictOutcome.Flagged, "setting.reset"), (judgement.Verdict.Outcome, judgement.Verdict.Rule));
        Assert.Equal(sql, judgement.Approved!.Text);
        Assert.Empty(judgement.Approved.Notices);
    }

    [Theory]
    [InlineData("SELECT id FROM tags", "SELECT id FROM tags")]
    [InlineData("SELECT id FROM tags ORDER BY 1 LIMIT 999999999 -- all", "SELECT id FROM tags ORDER BY 1 LIMIT 999999999")]
    [InlineData("(SELECT 1 LIMIT 100001) /* for */ ;", "(SELECT 1 LIMIT 100001)")]
    [InlineData("SELECT 'é FOR x' -- FOR\nFROM tags", "SELECT 'é FOR x' -- FOR\nFROM tags")]
    public void A_held_cursor_of_Django_gets_a_limit(string query, string kept)
    {
        Judgement judgement = judge.Judge(TestPolicies.Recipes, $"DECLARE \"_django_curs_for 1_sync_1\" NO SCROLL CURSOR WITH HOLD FOR {query}", "simple");

        Assert.Equal((VerdictOutcome.Flagged, "cursor.hold"), (judgement.Verdict.Outcome, judgement.Verdict.Rule));
        Assert.StartsWith($"DECLARE \"_django_curs_for 1_sync_1\" NO SCROLL CURSOR WITH HOLD FOR SELECT * FROM ({kept}) AS held LIMIT 100000", judgement.Approved!.Text, StringComparison.Ordinal);
        Assert.Single(judgement.Approved.Notices);
    }

    [Theory]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT id FROM tags LIMIT 100001")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT id FROM tags LIMIT ALL")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT id FROM tags LIMIT 5 + 5")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT id FROM tags ORDER BY id FETCH FIRST 5 ROWS WITH TIES")]
    [InlineData("DECLARE c CURSOR WITH HOLD FOR SELECT * FROM (SELECT id FROM tags LIMIT 5) t, events")]
    [InlineData("DECLARE _django_curs_1 CURSOR WITH HOLD FOR SELECT id FROM tags FOR UPDATE")]
    [InlineData("DECLARE _django_curs_1 CURSOR WITH HOLD FOR SELECT pg_advisory_lock(1)")]
    [InlineData("SET statement_timeout = '010'")]
    [InlineData("SET statement_timeout = '0x10'")]
    [InlineData("SET statement_timeout = '-1'")]
    [InlineData("SET statement_timeout = 'soon'")]
    [InlineData("SET statement_timeout = 1, 2")]
    [InlineData("SET default_transaction_read_only = off")]
    [InlineData("SET client_encoding = 'SJIS'")]
    [InlineData("SET search_path = public, pg_catalog")]
    [InlineData("SELECT set_config('search_path', 'public,shadow', false)")]
    [InlineData("SET work_mem = '1TB'")]
    [InlineData("SELECT set_config('work_mem', '1GB', false)")]
    [InlineData("SET ROLE postgres")]
    public void What_cannot_be_made_harmless_is_denied(string sql) =>
        Assert.Equal(VerdictOutcome.Denied, judge.Judge(TestPolicies.Recipes, sql, "simple").Verdict.Outcome);
}
