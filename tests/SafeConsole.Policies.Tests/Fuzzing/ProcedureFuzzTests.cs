using SafeConsole.Policies.Procedures;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>The reader of PL/pgSQL on mutated bodies: what they run comes out, or a harm.</summary>
public sealed class ProcedureFuzzTests(ITestOutputHelper output)
{
    private static readonly TextMutator Mutator = new(
    [
        "BEGIN ", "END; ", "END IF; ", "END LOOP; ", "LOOP ", "IF a THEN ", "ELSE ", "CASE ", "WHEN ", "FOR i IN 1..2 LOOP ", "FOREACH x IN ARRAY a LOOP ", "EXECUTE ", "PERFORM ", "RETURN QUERY ", "RAISE NOTICE '%', ",
        "EXCEPTION WHEN others THEN ", "DECLARE ", "<<l>> ", ":=", ";", "'", "\"", "$$", "--", "/*", "*/", "(", ")", "..", "INTO ", "USING ", "GET DIAGNOSTICS ", "OPEN c FOR ", "FETCH c INTO x;", "#option dump\n", "ASSERT ", "\0",
    ]);

    [Fact]
    public void Mutated_bodies_are_read_or_are_a_harm()
    {
        var run = new FuzzRun<string>([.. SqlSeeds.Bodies, "BEGIN x := a + 1; END", "DECLARE c CURSOR (k int) FOR SELECT k; BEGIN OPEN c(1); END"], Mutator.Mutate, Examine, SqlSeeds.Show);
        foreach (FuzzReport report in run.Run(5_000))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 5, report.ToString());
        }
    }

    private static string Examine(string source)
    {
        ProcedureBody body = ProcedureParser.Read(source);
        return $"{body.Harm}/{Math.Min(4, body.Expressions.Count)}/{Math.Min(4, body.Queries.Count)}/{Math.Min(2, body.Dynamic.Count)}/{Math.Min(2, body.Variables.Count)}";
    }
}
