using SafeConsole.Policies.Tests.Meanings;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>The judge on mutated statements by what their names mean in a real catalog, three texts to a session.</summary>
[Collection(DatabaseCollection.Name)]
public sealed class MeaningFuzzTests(DatabaseFixture database, ITestOutputHelper output)
{
    private readonly StatementJudge judge = new();

    [Fact]
    public void Mutated_statements_end_in_a_whole_verdict_by_meaning()
    {
        var random = new Random(1);
        var run = new FuzzRun<string>(SqlSeeds.Statements, SqlSeeds.Mutator.Mutate, text => Examine(text, random), SqlSeeds.Show) { MostAllocated = 256 * 1024 * 1024 };
        foreach (FuzzReport report in run.Run(3_000))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 15, report.ToString());
        }
    }

    private string Examine(string text, Random random)
    {
        var session = new StatementRehearsal(judge, TestPolicies.Recipes, new SessionNames(database.Catalog));
        session.Send(SqlSeeds.Statements[random.Next(SqlSeeds.Statements.Length)], fails: random.Next(4) == 0);
        string rule = SqlFuzzTests.Examine(session.Send(text, random.Next(2) == 0 ? null : [23, 25, 0]), text);
        session.Send("EXECUTE p; FETCH c; COMMIT");
        return rule;
    }
}
