using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Tests.Judging;

/// <summary>Which texts share a verdict: those that differ in numbers which no rule reads.</summary>
public sealed class FormTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE id = 123", "SELECT a FROM t WHERE id = 000")]
    [InlineData("SELECT \"t1\".\"5\" FROM t1 WHERE \"a\"\"7\" IN (1,22) LIMIT 3;", "SELECT \"t1\".\"5\" FROM t1 WHERE \"a\"\"7\" IN (0,00) LIMIT 0;")]
    [InlineData("SELECT 1.5, 2e3, 1234567890, a1, 7", "SELECT 1.5, 2e3, 1234567890, a1, 0")]
    [InlineData("SELECT x-5", "SELECT x-0")]
    public void Numbers_are_written_as_zeros(string text, string form) => Assert.Equal(form, IntegerForm.Of(text));

    [Theory]
    [InlineData("SELECT a FROM t")]
    [InlineData("SELECT 'a' WHERE id = 5")]
    [InlineData("SELECT 5 -- 6")]
    [InlineData("SELECT 5 /* 6 */")]
    [InlineData("SELECT $1 + 5")]
    [InlineData("SELECT $a$ 5 $a$")]
    [InlineData("SELECT é + 5")]
    [InlineData("SELECT 5::text")]
    [InlineData("SELECT U&\"a5\"")]
    [InlineData("SELECT 5 \\ 6")]
    [InlineData("SELECT \"5")]
    public void Text_that_a_parser_would_be_needed_for_has_no_form(string text) => Assert.Null(IntegerForm.Of(text));

    [Theory]
    [InlineData("SELECT title FROM recipes WHERE id = 5", "SELECT title FROM recipes WHERE id = 7")]
    [InlineData("SELECT title FROM recipes WHERE id = -5", "SELECT title FROM recipes WHERE id = -0")]
    [InlineData("SELECT \"recipes\".* FROM \"recipes\" WHERE \"recipes\".\"id\" IN (5, 60) LIMIT 11", "SELECT \"recipes\".* FROM \"recipes\" WHERE \"recipes\".\"id\" IN (7, 81) LIMIT 20")]
    [InlineData("SELECT title FROM recipes WHERE id BETWEEN 5 AND 60 AND id % 10 = 3 OFFSET 40", "SELECT title FROM recipes WHERE id BETWEEN 6 AND 10 AND id % 20 = 0 OFFSET 99")]
    public void Texts_of_one_form_share_a_verdict_and_each_is_sent_as_it_is(string first, string second)
    {
        var judge = new StatementJudge();
        Judgement one = judge.Judge(TestPolicies.Recipes, first, "simple");
        Judgement other = judge.Judge(TestPolicies.Recipes, second, "simple");
        Assert.Same(one.Verdict, other.Verdict);
        Assert.Equal(first, one.Approved!.Text);
        Assert.Equal(second, other.Approved!.Text);
        Assert.NotSame(one.Verdict, judge.Judge(TestPolicies.Recipes, second + "0", "simple").Verdict);
    }

    [Theory]
    [InlineData("SELECT title FROM recipes ORDER BY 1", "SELECT title FROM recipes ORDER BY 2")]
    [InlineData("SELECT title FROM recipes GROUP BY 1", "SELECT title FROM recipes GROUP BY 2")]
    [InlineData("SELECT 5", "SELECT 6")]
    [InlineData("SELECT title FROM recipes WHERE id = 5 FETCH FIRST ROW ONLY", "SELECT title FROM recipes WHERE id = 6 FETCH FIRST ROW ONLY")]
    [InlineData("SELECT abs(5)", "SELECT abs(6)")]
    [InlineData("SELECT CAST(id AS numeric(5)) FROM recipes", "SELECT CAST(id AS numeric(6)) FROM recipes")]
    [InlineData("SELECT CAST(id AS float(24)) FROM recipes WHERE id = 10", "SELECT CAST(id AS float(25)) FROM recipes WHERE id = 10")]
    [InlineData("SELECT sum(id) OVER (ROWS 5 PRECEDING) FROM recipes", "SELECT sum(id) OVER (ROWS 6 PRECEDING) FROM recipes")]
    [InlineData("SHOW work_mem; SELECT 5 = 5", "SHOW work_mem; SELECT 6 = 6")]
    public void A_number_that_could_matter_is_judged_with_its_text(string first, string second)
    {
        var judge = new StatementJudge();
        Verdict one = judge.Judge(TestPolicies.Recipes, first, "simple").Verdict;
        Assert.NotSame(one, judge.Judge(TestPolicies.Recipes, second, "simple").Verdict);
    }

    [Fact]
    public void Another_policy_has_verdicts_of_its_own()
    {
        var judge = new StatementJudge();
        Verdict one = judge.Judge(TestPolicies.Recipes, "SELECT title FROM recipes WHERE id = 5", "simple").Verdict;
        Assert.NotSame(one, judge.Judge(TestPolicies.Recipes with { }, "SELECT title FROM recipes WHERE id = 6", "simple").Verdict);
    }
}
