using SafeConsole.Testing;

namespace SafeConsole.Clients.Tests;

/// <summary>
/// A copy of Scripts/, of the examples' models of the demo database and of the built .NET client where runners can read them: the repository may lie in a folder that other users
/// may not enter, and /tmp inside the runner is its own.
/// </summary>
internal sealed class ClientFiles : IDisposable
{
    private ClientFiles(string location) => Location = location;

    /// <summary>The folder, at the same path inside and outside.</summary>
    public string Location { get; }

    /// <summary>The text with the folder's path filled in.</summary>
    public string Inside(string text) => text.Replace("{scripts}", Location, StringComparison.Ordinal);

    /// <summary>Copies everything.</summary>
    /// <exception cref="InvalidOperationException">What npm installs is not there.</exception>
    public static ClientFiles Prepare()
    {
        if (!Directory.Exists(RepositoryRoot.At("tests", "SafeConsole.Clients.Tests", "Scripts", "node", "node_modules", "pg")))
        {
            throw new InvalidOperationException("node-postgres is not installed: run npm ci in tests/SafeConsole.Clients.Tests/Scripts/node.");
        }
        var files = new ClientFiles(Directory.CreateDirectory($"/var/tmp/safeconsole-clients-{Guid.NewGuid():N}").FullName);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(files.Location, (UnixFileMode)Convert.ToInt32("755", 8));
        }
        Copy(RepositoryRoot.At("tests", "SafeConsole.Clients.Tests", "Scripts"), files.Location);
        CopyModels("rails", "app");
        CopyModels("django", "recipes");
        var configuration = Path.GetFileName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)))!;
        Copy(RepositoryRoot.At("tests", "SafeConsole.Clients.DotNet", "bin", configuration, "net10.0"), Path.Combine(files.Location, "dotnet"));
        return files;

        void CopyModels(string framework, string folder) =>
            Copy(RepositoryRoot.At("runner-image", "examples", framework, "application", folder), Path.Combine(files.Location, framework, folder));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Location, recursive: true);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
