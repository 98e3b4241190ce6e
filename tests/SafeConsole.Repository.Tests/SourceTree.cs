using SafeConsole.Testing;

namespace SafeConsole.Repository.Tests;

/// <summary>The files of the repository as git sees them: tracked, or new and not ignored.</summary>
internal static class SourceTree
{
    private static readonly Lazy<string[]> All = new(List);

    /// <summary>Paths relative to the repository's root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => All.Value;

    /// <summary>C# and TypeScript that people wrote: no generated types, no database migrations.</summary>
    public static IEnumerable<string> WrittenCode =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".ts", StringComparison.Ordinal) || file.EndsWith(".tsx", StringComparison.Ordinal))
            .Where(file => !file.Contains("/Migrations/", StringComparison.Ordinal) && !file.Contains("/generated/", StringComparison.Ordinal)
                && !file.StartsWith("web/src/types/", StringComparison.Ordinal) && !file.EndsWith(".d.ts", StringComparison.Ordinal));

    /// <summary>The written C# files.</summary>
    public static IEnumerable<string> WrittenCSharp => WrittenCode.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(RepositoryRoot.At(file));

    public static int LineCount(string file) => File.ReadLines(RepositoryRoot.At(file)).Count();

    private static string[] List()
    {
        var git = FinishedProcess.RunAsync("git", ["-C", RepositoryRoot.Location, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]).GetAwaiter().GetResult();
        return [.. git.OrThrow().Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(RepositoryRoot.At(file))).Distinct().Order(StringComparer.Ordinal)];
    }
}
