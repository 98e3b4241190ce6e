using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>The judge on mutated statements, by names alone: every text ends in a whole verdict, in bounded time and memory.</summary>
public sealed class SqlFuzzTests(ITestOutputHelper output)
{
    private readonly StatementJudge judge = new();

    [Fact]
    public void Mutated_statements_end_in_a_whole_verdict()
    {
        var run = new FuzzRun<string>(SqlSeeds.Statements, SqlSeeds.Mutator.Mutate, text => Examine(judge.Judge(TestPolicies.Recipes, text, "simple"), text), SqlSeeds.Show) { MostAllocated = 256 * 1024 * 1024 };
        foreach (FuzzReport report in run.Run(3_000))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 15, report.ToString());
        }
    }

    /// <summary>The verdict's rule; throws where the verdict is not whole.</summary>
    internal static string Examine(Judgement judgement, string text)
    {
        Verdict verdict = judgement.Verdict;
        bool placed = verdict.Position is null || (verdict.Position >= 1 && verdict.Position <= text.Length + 1);
        bool whole = (verdict.Outcome == VerdictOutcome.Denied) == (judgement.Approved is null) && verdict.Rule.Length > 0 && verdict.Reason.Length > 0 && verdict.SqlState.Length == 5;
        bool sendable = judgement.Approved is not { } approved || !approved.Text.Contains('\0', StringComparison.Ordinal);
        return placed && whole && sendable ? verdict.Rule : throw new InvalidOperationException($"The verdict is not whole: {verdict}");
    }
}
