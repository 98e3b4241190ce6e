using SafeConsole.Policies.Loading;
using SafeConsole.Policies.Tests.Loading;
using SafeConsole.Testing.Fuzzing;
using Xunit.Abstractions;

namespace SafeConsole.Policies.Tests.Fuzzing;

/// <summary>The policy loader on mutated files: a snapshot, or problems that each name a place that exists.</summary>
public sealed class PolicyFuzzTests(ITestOutputHelper output)
{
    private static readonly TextMutator Mutator = new(
    [
        ": ", "\n", "\n  ", "- ", "[", "]", "{", "}", "&a ", "*a", "<<: *a", "!!int ", "!!python/object ", "|\n", ">-\n", "'", "\"", "#", "---\n", "...\n", "%YAML 1.3\n", "\t", "? ", "null", "~", "true", "1e999", "-1", "5 parsecs", "99999999999999999999s", "\0", "\ufeff", "\u2028",
    ]);

    private static readonly string[] Seeds =
        [PolicyFolderFixture.Defaults, PolicyFolderFixture.Target, .. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "policies"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    private static readonly char[] LineBreaks = ['\n', '\r', '\u0085', '\u2028', '\u2029'];

    [Fact]
    public void Mutated_policy_files_load_or_say_what_is_wrong()
    {
        var run = new FuzzRun<string>(Seeds, Mutator.Mutate, Examine, SqlSeeds.Show);
        foreach (FuzzReport report in run.Run(2_000))
        {
            output.WriteLine(report.ToString());
            Assert.True(report.Outcomes > 5, report.ToString());
        }
    }

    private static string Examine(string text)
    {
        string asTarget = Load([new PolicyFile("default.yaml", PolicyFolderFixture.Defaults), new PolicyFile("targets/recipes.yaml", text)]);
        string asDefaults = Load([new PolicyFile("default.yaml", text), new PolicyFile("targets/recipes.yaml", PolicyFolderFixture.Target)]);
        return asTarget + "/" + asDefaults;
    }

    private static string Load(PolicyFile[] files)
    {
        (PolicySnapshot? snapshot, var problems) = PolicyLoader.Load(new PolicyFolderContent("r", [.. files], []), DateTimeOffset.UnixEpoch);
        if ((snapshot is null) == problems.IsEmpty)
        {
            throw new InvalidOperationException("There is neither a snapshot nor a problem, or both.");
        }

        foreach (PolicyProblem problem in problems)
        {
            int lines = files.Where(file => file.Path == problem.File).Select(file => file.Text.Split(LineBreaks).Length).DefaultIfEmpty(1).Max();
            if (problem.Line < 1 || problem.Column < 1 || problem.Line > lines + 1 || problem.Message.Length == 0)
            {
                throw new InvalidOperationException($"A problem is nowhere: {problem}");
            }
        }

        return snapshot is null ? new string([.. problems[0].Message.Where(char.IsAsciiLetter).Take(12)]) : "loaded";
    }
}
