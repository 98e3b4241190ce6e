namespace SafeConsole.Testing;

/// <summary>Finds files of this repository from wherever the tests were built to.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder that holds SafeConsole.sln.</summary>
    public static string Location { get; } = Find();

    /// <summary>The absolute path of something in the repository.</summary>
    public static string At(params string[] parts) => Path.Combine([Location, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SafeConsole.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No SafeConsole.sln above {AppContext.BaseDirectory}.");
    }
}
