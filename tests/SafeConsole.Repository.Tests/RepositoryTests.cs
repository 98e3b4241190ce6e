using System.Text.Json;
using System.Text.RegularExpressions;
using SafeConsole.Testing;

namespace SafeConsole.Repository.Tests;

/// <summary>What lies in the repository and what must not.</summary>
public sealed class RepositoryTests
{
    private static readonly string[] TopLevel =
        ["Directory.Build.props", "Directory.Packages.props", "README.md", "SafeConsole.sln", "gateway", "global.json", "policies", "runner-image", "tests", "web"];

    [Fact]
    public void The_top_level_has_the_five_folders_and_build_files() =>
        Offenders.None(SourceTree.Files.Select(file => file.Split('/')[0]).Distinct().Where(entry => !entry.StartsWith('.')).Except(TopLevel));

    [Fact]
    public void Every_project_has_a_lock_file() =>
        Offenders.None(SourceTree.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(file => file[..file.LastIndexOf('/')] + "/packages.lock.json").Except(SourceTree.Files));

    [Fact]
    public void Lock_files_name_no_registry() =>
        Offenders.None(SourceTree.Files.Where(file => Path.GetFileName(file) is "packages.lock.json" or "package-lock.json")
            .Where(file => SourceTree.Read(file).Contains("\"resolved\": \"http", StringComparison.Ordinal)));

    [Fact]
    public void No_registry_is_configured_in_the_tree() =>
        Offenders.None(SourceTree.Files.Where(file => Path.GetFileName(file).ToLowerInvariant() is "nuget.config" or ".yarnrc"
            || (Path.GetFileName(file) == ".npmrc" && SourceTree.Read(file).Contains("registry=", StringComparison.Ordinal))));

    [Fact]
    public void No_file_names_a_path_of_the_machine_it_was_written_on()
    {
        string[] places = ["/" + "work/", "/tmp/" + "contract"];
        Offenders.None(SourceTree.Files.Where(IsText).Where(file => places.Any(place => SourceTree.Read(file).Contains(place, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task Every_shell_script_parses()
    {
        foreach (var script in SourceTree.Files.Where(file => file.EndsWith(".sh", StringComparison.Ordinal) || file == ".ci/run"))
        {
            (await FinishedProcess.RunAsync("bash", ["-n", RepositoryRoot.At(script)])).OrThrow();
        }
    }

    [Fact]
    public void Labelled_statements_have_an_id_each() =>
        Offenders.None(SourceTree.Files.Where(file => file.StartsWith("tests/statements/", StringComparison.Ordinal) && file.EndsWith(".jsonl", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(RepositoryRoot.At(file)).Where(line => line.Length > 0))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString())
            .GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));

    private static bool IsText(string file) =>
        Regex.IsMatch(file, @"\.(cs|csproj|props|json|md|sh|sql|ts|tsx|js|css|html|yaml|yml|svg)$|(^|/)(Dockerfile|run)$");
}
