using System.Text.RegularExpressions;
using SafeConsole.Testing;

namespace SafeConsole.Repository.Tests;

/// <summary>Prose names only what exists.</summary>
public sealed partial class ReadmeTests
{
    public static TheoryData<string> Readmes =>
        new(SourceTree.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Readmes))]
    public void Every_path_in_backticks_exists(string readme)
    {
        var paths = Backticks().Matches(SourceTree.Read(readme)).Select(match => match.Groups[1].Value).Where(LooksLikePath);
        Offenders.None(paths.Where(path => !IsInTree(path)));
    }

    [Theory, MemberData(nameof(Readmes))]
    public void Every_relative_link_leads_somewhere(string readme)
    {
        var folder = RepositoryRoot.At(Path.GetDirectoryName(readme)!);
        var links = Links().Matches(SourceTree.Read(readme)).Select(match => match.Groups[1].Value.Split('#')[0]).Where(link => link.Length > 0 && !link.Contains(':', StringComparison.Ordinal));
        Offenders.None(links.Where(link => !Exists(Path.Combine(folder, link))));
    }

    [Fact]
    public void The_two_commands_stand_at_the_top_of_the_readme()
    {
        var top = string.Join('\n', File.ReadLines(RepositoryRoot.At("README.md")).Take(20));
        Assert.Contains("bash gateway/demo.sh", top, StringComparison.Ordinal);
        Assert.Contains("bash tests/run.sh", top, StringComparison.Ordinal);
    }

    // A path is relative and has a folder or an extension of ours; routes start with a slash, patterns hold <, * or {.
    private static bool LooksLikePath(string text) => PathShape().IsMatch(text) && !MediaType().IsMatch(text) && !StateOfADemo().IsMatch(text);

    // Prose may leave out the folders before: the end of a path has to fit, whole names at a time.
    private static bool IsInTree(string path) => SourceTree.Files.Any(file => $"/{file}/".Contains($"/{path.TrimEnd('/')}/", StringComparison.Ordinal));

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Backticks();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"^(\.?[\w-]+(\.[\w-]+)*/)+[\w.-]*$|^[\w.-]+\.(cs|csproj|json|md|sh|sql|ts|tsx|yaml|svg)$")]
    private static partial Regex PathShape();

    [GeneratedRegex("^(application|text|image)/")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"^\.(demo|artifacts)/")]
    private static partial Regex StateOfADemo();
}
