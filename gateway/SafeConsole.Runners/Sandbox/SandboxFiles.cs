namespace SafeConsole.Runners.Sandbox;

/// <summary>What every sandbox needs from the runtime folder: a copy of the agent that runner users can read, and the files of their `/etc`.</summary>
internal sealed class SandboxFiles
{
    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private SandboxFiles(SandboxOptions options)
    {
        Agent = Path.Combine(options.RuntimeDirectory, "safeconsole-agent");
        EtcFolder = Path.Combine(options.RuntimeDirectory, "etc");
    }

    /// <summary>The readable copy of the agent.</summary>
    public string Agent { get; }

    /// <summary>Holds the passwd, group, hosts and nsswitch.conf of runners.</summary>
    public string EtcFolder { get; }

    /// <summary>Writes everything; a runner that still runs keeps its old files. Throws <see cref="RunnerLaunchException"/>.</summary>
    public static SandboxFiles Prepare(SandboxOptions options, bool forOtherUsers)
    {
        var files = new SandboxFiles(options);
        try
        {
            Directory.CreateDirectory(options.RuntimeDirectory, Everybody | Executable);
            Directory.CreateDirectory(files.EtcFolder, Everybody | Executable);
            Replace(files.Agent, Everybody | Executable, temporary => File.Copy(options.AgentPath, temporary, overwrite: true));
            foreach (var (name, text) in Etc)
                Replace(Path.Combine(files.EtcFolder, name), Everybody, temporary => File.WriteAllText(temporary, text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunnerLaunchException($"The sandbox's files could not be written to {options.RuntimeDirectory}: {e.Message}", e);
        }
        if (forOtherUsers)
            CheckReachable(options.RuntimeDirectory);
        return files;
    }

    private static IEnumerable<(string Name, string Text)> Etc =>
    [
        ("passwd", "root:x:0:0:root:/:/usr/sbin/nologin\nrunner:x:1000:1000:SafeConsole:/home/runner:/bin/bash\nnobody:x:65534:65534:nobody:/:/usr/sbin/nologin\n"),
        ("group", "root:x:0:\nrunner:x:1000:\nnogroup:x:65534:\n"),
        ("hosts", "127.0.0.1 localhost runner\n"),
        ("nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\nservices: files\nprotocols: files\n"),
    ];

    private static void Replace(string path, UnixFileMode mode, Action<string> write)
    {
        // A running executable cannot be overwritten, but its name can be given to another.
        var temporary = path + ".new";
        write(temporary);
        File.SetUnixFileMode(temporary, mode);
        File.Move(temporary, path, overwrite: true);
    }

    private static void CheckReachable(string folder)
    {
        for (var current = new DirectoryInfo(folder); current is not null; current = current.Parent)
        {
            if ((current.UnixFileMode & UnixFileMode.OtherExecute) == 0)
                throw new RunnerLaunchException($"RuntimeDirectory is {folder}, but {current.FullName} may not be entered by other users, and runners are other users; choose a folder such as /run/safeconsole.");
        }
    }
}
