namespace SafeConsole.Runners;

/// <summary>The gateway's Unix socket, by which runners on its own host reach it.</summary>
internal static class LinkSocket
{
    /// <summary>The longest path of a socket in bytes, unix(7): sockaddr_un.</summary>
    public const int LongestPath = 107;

    /// <summary>Where it is in a runner.</summary>
    public const string InRunner = "/run/safeconsole/link.sock";

    /// <summary>Lets runner users connect; what comes in by it is checked by ticket. Throws <see cref="RunnerLaunchException"/> where it is not there.</summary>
    public static void Open(string path)
    {
        if (!File.Exists(path))
            throw new RunnerLaunchException($"The gateway does not listen on {path}, so a runner could not reach it.");
        const UnixFileMode open = (UnixFileMode)0b110_110_110;
        if ((File.GetUnixFileMode(path) & open) != open)
            File.SetUnixFileMode(path, open);
    }
}
