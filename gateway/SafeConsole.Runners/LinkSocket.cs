using System.Net.Sockets;

namespace SafeConsole.Runners;

/// <summary>The gateway's Unix socket, by which runners on its own host reach it.</summary>
internal static class LinkSocket
{
    /// <summary>The longest path of a socket in bytes, unix(7): sockaddr_un.</summary>
    public const int LongestPath = 107;

    /// <summary>Its name in the runtime folder.</summary>
    public const string FileName = "link.sock";

    /// <summary>Where it is in a runner.</summary>
    public const string InRunner = "/run/safeconsole/link.sock";

    /// <summary>Whether a gateway serves it now. No is said only where nobody can be listening.</summary>
    public static bool IsServed(string path)
    {
        if (!File.Exists(path) || path.Length > LongestPath)
            return false;
        // One that is too busy to accept is there.
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) { Blocking = false };
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode != SocketError.ConnectionRefused && File.Exists(path);
        }
    }

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
