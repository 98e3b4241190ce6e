namespace SafeConsole.Policies.Tests.Judging;

/// <summary>Texts made to exhaust the parser end in a verdict. Without the deep stack the chains below kill the process.</summary>
public sealed class HostileTextTests
{
    private const int Many = 200_000;
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("SELECT ", "(", "1", ")", "sql.syntax")]
    [InlineData("SELECT ", "- ", "1", "", "sql.syntax")]
    [InlineData("SELECT ", "NOT ", "1", "", "sql.syntax")]
    [InlineData("SELECT 1", "+1", "", "", "sql.too-deep")]
    [InlineData("SELECT 1", "||1", "", "", "sql.too-deep")]
    [InlineData("SELECT 1", "::a", "", "", "sql.too-deep")]
    public void Endless_nesting_is_denied(string head, string opening, string middle, string closing, string rule)
    {
        string sql = head + Repeat(opening) + middle + Repeat(closing);

        Assert.Equal(rule, Rule(sql));
    }

    [Theory]
    [InlineData(9_000, "SELECT 1", " UNION SELECT 1")]
    [InlineData(9_000, "SELECT 1 FROM a", " CROSS JOIN b")]
    [InlineData(4_000, "SELECT 1", "+1")]
    [InlineData(2_730, "SELECT 1", "::a")]
    public void Chains_around_the_limit_of_the_callers_stack_are_denied(int count, string head, string link) =>
        Assert.Equal("sql.too-deep", OnSmallStack(head + string.Concat(Enumerable.Repeat(link, count))));

    [Fact]
    public void The_longest_chain_that_is_parsed_ends_in_a_verdict() => Assert.Contains(Rule("SELECT 1" + string.Concat(Enumerable.Repeat("+1", 524_000))), new[] { "sql.too-deep", "sql.too-complex" });

    [Fact]
    public void A_text_over_one_mebibyte_is_not_parsed()
    {
        Assert.Equal("sql.too-long", Rule(new string(' ', (1024 * 1024) + 1)));
        Assert.Equal("sql.too-long", Rule("SELECT '" + new string('é', 600_000) + "'"));
    }

    [Fact]
    public void A_policy_may_allow_shorter_texts_alone()
    {
        TargetPolicy policy = TestPolicies.Recipes with { Limits = TestPolicies.Recipes.Limits with { StatementLength = 1024 } };
        string longest = "SELECT '" + new string('x', 1024 - 9) + "'";

        Verdict tooLong = judge.Judge(policy, longest + " ", "simple").Verdict;

        Assert.Equal(VerdictOutcome.Approved, judge.Judge(policy, longest, "simple").Verdict.Outcome);
        Assert.Equal(("sql.too-long", "54000"), (tooLong.Rule, tooLong.SqlState));
        Assert.Equal("The text is longer than 1KiB, the policy's `limits.statementLength`.", tooLong.Reason);
        Assert.Equal("sql.too-long", judge.Judge(policy, "SELECT '" + new string('é', 1000) + "'", "simple").Verdict.Rule);
    }

    [Fact]
    public void A_long_list_of_constants_is_an_honest_read() => Assert.Equal(StatementJudge.ReadRule, Rule("SELECT 1 WHERE 1 IN (" + string.Join(',', Enumerable.Range(0, 100_000)) + ")"));

    [Fact]
    public void A_hundred_unions_are_an_honest_read() => Assert.Equal(StatementJudge.ReadRule, Rule("SELECT 1" + string.Concat(Enumerable.Repeat(" UNION ALL SELECT 1", 1_000))));

    [Fact]
    public void Rules_that_search_the_tree_do_so_once()
    {
        Assert.Equal("relation.secret-column", Rule("SELECT 1 FROM pg_subscription" + string.Concat(Enumerable.Range(0, 20_000).Select(number => $", pg_subscription a{number}"))));
        string guard = string.Concat(Enumerable.Repeat("CASE WHEN pg_is_in_recovery() THEN 1 ELSE ", 400));
        Assert.Equal(StatementJudge.ReadRule, Rule($"SELECT {guard} txid_current() {string.Concat(Enumerable.Repeat(" END", 400))}"));
    }

    [Fact]
    public void A_notice_is_given_once_however_often_it_applies()
    {
        string sql = string.Concat(Enumerable.Repeat("BEGIN READ WRITE;", 5_000));

        Assert.Single(judge.Judge(TestPolicies.Recipes, sql, "simple").Approved!.Notices);
    }

    private static string Repeat(string text) => string.Concat(Enumerable.Repeat(text, Many));

    private string Rule(string sql) => judge.Judge(TestPolicies.Recipes, sql, "simple").Verdict.Rule;

    /// <summary>On a stack as small as a pool thread's.</summary>
    private string OnSmallStack(string sql)
    {
        string rule = "";
        var thread = new Thread(() => rule = Rule(sql), 1536 * 1024);
        thread.Start();
        thread.Join();
        return rule;
    }
}
