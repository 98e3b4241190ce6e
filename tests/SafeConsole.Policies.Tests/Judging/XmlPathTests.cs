namespace SafeConsole.Policies.Tests.Judging;

/// <summary>XPaths that no timeout can stop are denied, wherever PostgreSQL evaluates one.</summary>
public sealed class XmlPathTests
{
    private readonly StatementJudge judge = new();

    [Theory]
    [InlineData("SELECT xpath('/a/b/text()', x) FROM t")]
    [InlineData("SELECT xpath('//a:b/@c', x, ARRAY[ARRAY['a', 'urn:a']]) FROM t")]
    [InlineData("SELECT xpath_exists('/a//b', x) FROM t")]
    [InlineData("SELECT xmlexists('//b' PASSING x) FROM t")]
    [InlineData("SELECT xpath('count(//a)', x) FROM t")]
    [InlineData("SELECT xpath('/a/b[@c = \"1\"][last() - 1]/text()', x) FROM t")]
    [InlineData("SELECT pg_catalog.xpath_exists('//a[1]', x) FROM t")]
    [InlineData("SELECT xmlexists('//a[not(b) and contains(c/text(), ''x'')]' PASSING x) FROM t")]
    [InlineData("SELECT xpath_string(x, '/a') FROM t")]
    [InlineData("SELECT xpath('//*[contains(., \"a\") or contains(., \"b\") or contains(., \"c\") or contains(., \"d\") or contains(., \"e\")]', x) FROM t")]
    [InlineData("SELECT xpath('concat(/a/b, \" \", /a/c, \" \", /a/d, \" \", /a/e)', x) FROM t")]
    [InlineData("SELECT * FROM t, xmltable('/a/*' PASSING x COLUMNS b text PATH '@b', c int PATH './c', d text DEFAULT 'x', n FOR ORDINALITY)")]
    public void Path_that_ends_soon_passes(string sql) => Assert.Equal(VerdictOutcome.Approved, Judge(sql).Outcome);

    [Theory]
    [InlineData("SELECT xpath('//a[count(//b) > 1]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a//b', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a/preceding::b', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a/..', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('count(//a//b)', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a[b = ''x]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a[1', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a[@text()]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a[.//b]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//*[contains(., \"a\") or contains(., \"b\") or contains(., \"c\") or contains(., \"d\") or contains(., \"e\") or contains(., \"f\")]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//*[.=1][.=2][.=3][.=4][.=5][.=6]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a[b[c[d[e[f[g]]]]]]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('concat(//a, //b, //c, //d, //e, //f)', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//a | //b', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath('//' || y, x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath($1, x) FROM t", "function.not-allowed")]
    [InlineData("SELECT pg_catalog.xpath_exists('//a[//c][1]', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xmlexists('//a[//b]' PASSING x) FROM t", "function.not-allowed")]
    [InlineData("SELECT xpath_string('/a', x) FROM t", "function.not-allowed")]
    [InlineData("SELECT * FROM t, xmltable('//a[//b]' PASSING x COLUMNS b text)", "xml.path")]
    [InlineData("SELECT * FROM t, xmltable('/a' PASSING x COLUMNS b text PATH 'count(//b[//c])')", "xml.path")]
    public void Other_path_is_denied(string sql, string rule)
    {
        Verdict verdict = Judge(sql);

        Assert.Equal((VerdictOutcome.Denied, rule), (verdict.Outcome, verdict.Rule));
    }

    private Verdict Judge(string sql) => judge.Judge(TestPolicies.Recipes, sql, "extended").Verdict;
}
