using System.Globalization;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// The sandbox as bwrap(1) options: every namespace of its own, no capability, no further user namespaces; `/usr` and a few files of
/// `/etc` to read; home, `/tmp` and `/dev/shm` in memory and together no larger than the disk limit; everything else read-only or absent.
/// </summary>
internal static class BubblewrapArguments
{
    /// <summary>The user that the REPL sees itself as.</summary>
    public const int InnerUserId = 1000;

    private const string InnerAgent = "/run/safeconsole/agent";
    private const long SocketFolderBytes = 64 * 1024;

    // What programs of a Debian system look for in /etc and that tells nothing about this host but what is installed.
    private static readonly string[] HarmlessEtc =
    [
        "/etc/alternatives", "/etc/bash.bashrc", "/etc/debian_version", "/etc/inputrc", "/etc/ld.so.cache", "/etc/locale.alias", "/etc/localtime",
        "/etc/magic", "/etc/mime.types", "/etc/os-release", "/etc/postgresql-common/user_clusters", "/etc/protocols", "/etc/python3", "/etc/python3.11",
        "/etc/services", "/etc/ssl/certs", "/etc/ssl/openssl.cnf", "/etc/terminfo", "/etc/timezone",
    ];

    private static readonly string[] OwnEtc = ["passwd", "group", "hosts", "nsswitch.conf"];

    /// <summary>All arguments of bwrap, the agent's path last.</summary>
    public static IReadOnlyList<string> For(SandboxFiles files, SandboxOptions options, RunnerSpec spec) =>
    [
        .. Walls(),
        .. ReadableSystem(files, options),
        .. WritableMemory(spec.Shape.Limits.Disk),
        "--dir", "/run/safeconsole",
        "--ro-bind", options.LinkSocket, LinkSocket.InRunner,
        "--ro-bind", files.Agent, InnerAgent,
        "--remount-ro", "/dev",
        "--remount-ro", "/",
        "--chdir", "/home/runner",
        "--setenv", StrandedSandbox.RunnerVariable, spec.Runner,
        "--", InnerAgent,
    ];

    private static IEnumerable<string> Walls()
    {
        var user = InnerUserId.ToString(CultureInfo.InvariantCulture);
        return
        [
            "--unshare-all", "--unshare-user", "--disable-userns", "--uid", user, "--gid", user, "--cap-drop", "ALL", "--hostname", "runner",
            "--die-with-parent", "--new-session", "--as-pid-1",
        ];
    }

    private static IEnumerable<string> ReadableSystem(SandboxFiles files, SandboxOptions options) =>
    [
        "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin", "/sbin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
        "--proc", "/proc", "--dev", "/dev",
        .. HarmlessEtc.Concat(options.ReadOnlyPaths).SelectMany(path => new[] { "--ro-bind-try", path, path }),
        .. OwnEtc.SelectMany(name => new[] { "--ro-bind", Path.Combine(files.EtcFolder, name), "/etc/" + name }),
    ];

    private static IEnumerable<string> WritableMemory(long disk) =>
    [
        .. Tmpfs("/home/runner", disk / 2), .. Tmpfs("/tmp", disk / 8 * 3), .. Tmpfs("/dev/shm", disk / 8), .. Tmpfs("/run/postgresql", SocketFolderBytes),
    ];

    private static IEnumerable<string> Tmpfs(string path, long bytes) => ["--size", bytes.ToString(CultureInfo.InvariantCulture), "--tmpfs", path];
}
