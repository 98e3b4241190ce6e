namespace SafeConsole.Testing;

/// <summary>A new folder under the system's temporary folder that other users may enter; deleted with its content when disposed.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Makes the folder. Its name is short, so that a Unix socket in it stays under 108 bytes.</summary>
    public TemporaryFolder()
    {
        Location = Directory.CreateTempSubdirectory("sc-").FullName;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Location, (UnixFileMode)Convert.ToInt32("755", 8));
        }
    }

    /// <summary>The folder's absolute path.</summary>
    public string Location { get; }

    /// <summary>The absolute path of something in the folder.</summary>
    public string At(params string[] parts) => Path.Combine([Location, .. parts]);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Location))
        {
            Directory.Delete(Location, recursive: true);
        }
    }
}
