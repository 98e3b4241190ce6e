using SafeConsole.Policies.Procedures;

namespace SafeConsole.Policies.Tests.Procedures;

/// <summary>What a PL/pgSQL body is found to run. Every expression and statement in it must come out, or the body be a harm.</summary>
public sealed class ProcedureParserTests
{
    [Theory]
    [InlineData("BEGIN x := a + 1; END", "a + 1")]
    [InlineData("BEGIN x.y[i + 1].z = b; END", "i + 1|b")]
    [InlineData("BEGIN x[lo():hi()] := c; END", "lo()|hi()|c")]
    [InlineData("BEGIN open := 3; END", "3")]
    [InlineData("BEGIN IF a THEN NULL; ELSIF b THEN NULL; ELSEIF c THEN NULL; ELSE NULL; END IF; END", "a|b|c")]
    [InlineData("BEGIN CASE x WHEN 1, 2 THEN NULL; WHEN f() THEN NULL; END CASE; END", "(SELECT x\n) IN (1, 2\n)|(SELECT x\n) IN (f()\n)")]
    [InlineData("BEGIN CASE WHEN a THEN NULL; ELSE NULL; END CASE; END", "a")]
    [InlineData("BEGIN WHILE f(1) < 2 LOOP NULL; END LOOP; END", "f(1) < 2")]
    [InlineData("BEGIN FOR i IN REVERSE 10..f(x) BY s LOOP EXIT WHEN i > 3; CONTINUE l WHEN i = 2; END LOOP; END", "10|f(x)|s|i > 3|i = 2")]
    [InlineData("BEGIN FOR i IN 1..10 LOOP NULL; END LOOP; END", "1|10")]
    [InlineData("BEGIN FOREACH x SLICE 1 IN ARRAY a LOOP NULL; END LOOP; END", "a")]
    [InlineData("BEGIN RETURN (a, b); END", "(a, b)")]
    [InlineData("BEGIN RETURN; END", "")]
    [InlineData("BEGIN RETURN NEXT a; RETURN NEXT; END", "a")]
    [InlineData("BEGIN RAISE NOTICE 'a % %', b, f(c, d) USING HINT = e, ERRCODE := g; RAISE; RAISE division_by_zero; RAISE SQLSTATE '22012' USING MESSAGE = h; END", "b|f(c, d)|e|g|h")]
    [InlineData("BEGIN ASSERT a, b; END", "a|b")]
    [InlineData("BEGIN FETCH RELATIVE f() FROM c INTO x, y; MOVE FORWARD g() IN c; FETCH c INTO x; MOVE c; FETCH ALL FROM c INTO x; END", "f()|g()")]
    [InlineData("BEGIN OPEN c(1, k := f()); OPEN c; CLOSE c; END", "1|f()")]
    [InlineData("<<l>> DECLARE a int := f(); b text NOT NULL DEFAULT g(); c CONSTANT x.y[] = h(); d ALIAS FOR $1; BEGIN NULL; END l", "f()|g()|h()")]
    [InlineData("DECLARE a int := f(); b text NOT NULL DEFAULT g(); c CONSTANT x.y[] = h(); d ALIAS FOR $1; BEGIN <<l>> LOOP NULL; END LOOP l; END;", "f()|g()|h()")]
    [InlineData("BEGIN GET STACKED DIAGNOSTICS a = MESSAGE_TEXT, b := PG_CONTEXT; END", "")]
    [InlineData("BEGIN x := 'a;''--'; /* y := 1; */ z := $q$ ; $q$; -- w := 2;\nEND", "'a;''--'|$q$ ; $q$")]
    public void Expressions_come_out(string source, string expected)
    {
        ProcedureBody body = ProcedureParser.Read(source);

        Assert.Equal(expected.Length == 0, body.Harm is not null || body.Expressions.Count == 0);
        Assert.Equal(expected, body.Harm is null ? string.Join('|', body.Expressions) : "");
    }

    [Theory]
    [InlineData("BEGIN SELECT a, b INTO STRICT x, y FROM t WHERE c; END", "SELECT a, b\n FROM t WHERE c")]
    [InlineData("BEGIN SELECT a FROM t INTO x; END", "SELECT a FROM t\n ")]
    [InlineData("BEGIN PERFORM f(a) FROM t; END", "SELECT f(a) FROM t")]
    [InlineData("BEGIN FOR r IN SELECT 1 UNION SELECT 2 LOOP NULL; END LOOP; END", "SELECT 1 UNION SELECT 2")]
    [InlineData("BEGIN RETURN QUERY WITH x AS (SELECT 1) SELECT * FROM x; END", "WITH x AS (SELECT 1) SELECT * FROM x")]
    [InlineData("DECLARE c NO SCROLL CURSOR (k int, l text) FOR SELECT k; BEGIN FOR r IN c(1, 'a') LOOP NULL; END LOOP; END", "SELECT k")]
    [InlineData("BEGIN OPEN c NO SCROLL FOR SELECT 1; END", "SELECT 1")]
    [InlineData("BEGIN CREATE TABLE t (a int); END", "CREATE TABLE t (a int)")]
    public void Statements_come_out(string source, string expected)
    {
        ProcedureBody body = ProcedureParser.Read(source);

        Assert.Null(body.Harm);
        Assert.Equal(expected, string.Join('|', body.Queries));
    }

    [Theory]
    [InlineData("BEGIN EXECUTE 'a' || b INTO STRICT x USING c, d; END", "'a' || b", "c|d")]
    [InlineData("BEGIN EXECUTE q USING c INTO x; END", "q", "c")]
    [InlineData("BEGIN RETURN QUERY EXECUTE q USING a; END", "q", "a")]
    [InlineData("BEGIN FOR r IN EXECUTE q USING a, b LOOP NULL; END LOOP; END", "q", "a|b")]
    [InlineData("BEGIN OPEN c FOR EXECUTE q USING a; END", "q", "a")]
    public void Texts_that_are_run_come_out(string source, string dynamic, string expressions)
    {
        ProcedureBody body = ProcedureParser.Read(source);

        Assert.Null(body.Harm);
        Assert.Equal((dynamic, expressions), (string.Join('|', body.Dynamic), string.Join('|', body.Expressions)));
    }

    [Theory]
    [InlineData("BEGIN COMMIT; END")]
    [InlineData("BEGIN rollback; END")]
    [InlineData("BEGIN CALL p(); END")]
    [InlineData("BEGIN INSERT INTO t VALUES (1); END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN query_canceled THEN NULL; END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN division_by_zero OR Query_Canceled THEN NULL; END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN SQLSTATE '57014' THEN NULL; END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN SQLSTATE $$57014$$ THEN NULL; END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN SQLSTATE E'\\x35\\x37014' THEN NULL; END")]
    [InlineData("BEGIN NULL; EXCEPTION WHEN SQLSTATE '57'\n'014' THEN NULL; END")]
    [InlineData("BEGIN BEGIN NULL; EXCEPTION WHEN operator_intervention THEN NULL; END; END")]
    [InlineData("BEGIN NULL")]
    [InlineData("BEGIN NULL; END; SELECT 1")]
    [InlineData("BEGIN IF a THEN NULL; END; END IF;")]
    [InlineData("BEGIN x := ; END")]
    [InlineData("BEGIN RETURN 'a END")]
    [InlineData("")]
    public void What_changes_something_or_is_not_understood_is_a_harm(string source) => Assert.NotNull(ProcedureParser.Read(source).Harm);

    [Fact]
    public void Variables_come_out_with_their_types()
    {
        ProcedureBody body = ProcedureParser.Read("#variable_conflict use_variable\nDECLARE a int; \"B c\" numeric(10, 2)[] := '{}'; r record; u users%ROWTYPE; k CURSOR FOR SELECT 1; BEGIN <<inner_block>> DECLARE z s.t%TYPE; BEGIN NULL; END; END");

        Assert.Null(body.Harm);
        Assert.Equal(["a int", "B c numeric(10, 2)[]", "r record", "u users%ROWTYPE", "k refcursor", "z s.t%TYPE"], body.Variables.Select(variable => $"{variable.Name} {variable.Type}"));
        Assert.Equal(["inner_block"], body.Labels);
    }
}
