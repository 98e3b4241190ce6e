namespace SafeConsole.Repository.Tests;

/// <summary>A thing is found by its name: drawers without a noun do not exist.</summary>
public sealed class NameTests
{
    private static readonly string[] Drawers = ["common", "util", "utils", "utilities", "helper", "helpers", "core", "manager", "managers", "misc", "shared", "abstractions"];
    private static readonly string[] DrawerEndings = ["Helper", "Helpers", "Utils", "Utilities", "Manager"];

    [Fact]
    public void No_folder_or_file_is_a_drawer() =>
        Offenders.None(SourceTree.Files.Where(file => file.Split('/').Any(part => Drawers.Contains(part.Split('.')[0].ToLowerInvariant()))));

    [Fact]
    public void No_code_file_ends_in_a_drawer_word() =>
        Offenders.None(SourceTree.WrittenCode.Where(file => DrawerEndings.Any(ending => Path.GetFileNameWithoutExtension(file).EndsWith(ending, StringComparison.Ordinal))));
}
