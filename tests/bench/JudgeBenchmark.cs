using System.Diagnostics;
using SafeConsole.Policies;

namespace SafeConsole.Bench;

/// <summary>The gate alone, on one thread: texts that were never judged before, texts that differ from a judged one in a number alone, and one that was judged.</summary>
public static class JudgeBenchmark
{
    private const int Cold = 20_000;
    private const int Cached = 5_000_000;

    /// <summary>Measures judgements a second, under the policies of a folder.</summary>
    public static async Task<Measurement[]> RunAsync(string policies, string target)
    {
        using var store = await PolicyStore.OpenAsync(policies);
        var policy = store.Current.Targets[target];
        var judge = new StatementJudge();
        var texts = Enumerable.Range(0, Cold).Select(number => $"SELECT abalance FROM pgbench_accounts WHERE filler = 'x{number}'").ToArray();
        var alike = Enumerable.Range(0, Cold).Select(number => $"SELECT abalance FROM pgbench_accounts WHERE aid = {number}").ToArray();
        Rate(1000, index => judge.Judge(policy, $"SELECT {index}", "simple"));
        var cold = Rate(Cold, index => judge.Judge(policy, texts[index], "simple"));
        var formed = Rate(Cold, index => judge.Judge(policy, alike[index], "simple"));
        var cached = Rate(Cached, _ => judge.Judge(policy, texts[^1], "simple"));
        return [new Measurement("judgements, cold", "1/s", cold, null, null), new Measurement("judgements, another number", "1/s", formed, null, null), new Measurement("judgements, cached", "1/s", cached, null, null)];
    }

    private static double Rate(int count, Func<int, Judgement> judge)
    {
        var begun = Stopwatch.GetTimestamp();
        for (var index = 0; index < count; index++)
        {
            if (judge(index).Verdict.Outcome == VerdictOutcome.Denied)
            {
                throw new InvalidOperationException("A read was refused.");
            }
        }
        return count / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }
}
