namespace SafeConsole.Runners.Docker;

/// <summary>
/// The files that take the place of a container's own in `/etc`: a user named runner with the id that this one runs as, and no name server, for there is
/// no network and the engine would show the host's.
/// </summary>
internal sealed class ContainerFiles
{
    private const UnixFileMode Folder = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Everybody = (UnixFileMode)0b110_100_100;

    private readonly string folder;

    private ContainerFiles(string folder) => this.folder = folder;

    /// <summary>What is mounted where: the path on the host, and that in the container.</summary>
    public IEnumerable<(string Source, string Target)> Mounts => Names.Select(name => (Path.Combine(folder, name), "/etc/" + name));

    private static string[] Names => ["passwd", "group", "resolv.conf"];

    /// <summary>The runners that have a folder here, whichever life of the gateway wrote it.</summary>
    public static IReadOnlyList<string> AllIn(string runtimeDirectory)
    {
        var all = new DirectoryInfo(FolderOf(runtimeDirectory));
        return all.Exists ? [.. all.EnumerateDirectories().Select(folder => folder.Name)] : [];
    }

    /// <summary>Removes the folder of a runner that is gone, if it is there; one that cannot be removed is left for the next time.</summary>
    public static void Delete(string runtimeDirectory, string runner)
    {
        try
        {
            Directory.Delete(Path.Combine(FolderOf(runtimeDirectory), runner), recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Mostly it was not there any more.
        }
    }

    /// <summary>Writes the files of a runner, and of the user that it runs as. Throws <see cref="RunnerLaunchException"/>.</summary>
    public static ContainerFiles Write(string runtimeDirectory, string runner, int user)
    {
        var files = new ContainerFiles(Path.Combine(FolderOf(runtimeDirectory), runner));
        try
        {
            Directory.CreateDirectory(files.folder, Folder);
            files.Write("passwd", $"root:x:0:0:root:/:/usr/sbin/nologin\nrunner:x:{user}:{user}:SafeConsole:/home/runner:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n");
            files.Write("group", $"root:x:0:\nrunner:x:{user}:\nnogroup:x:65534:\n");
            files.Write("resolv.conf", "");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerLaunchException($"The runner's files could not be written to {runtimeDirectory}: {e.Message}", e);
        }
        return files;
    }

    /// <summary>Removes them, once the runner is gone.</summary>
    public void Delete() => Directory.Delete(folder, recursive: true);

    private static string FolderOf(string runtimeDirectory) => Path.Combine(runtimeDirectory, "docker");

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, Everybody);
    }
}
