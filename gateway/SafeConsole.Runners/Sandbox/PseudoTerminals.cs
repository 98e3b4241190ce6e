using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// The pseudo-terminals of a sandbox. The kernel has one number of them for the whole host (kernel.pty.max), and a program opens a thousand in a millisecond; so the sandbox's own
/// devpts is given a limit, from outside and without entering the sandbox (fspick(2), fsconfig(2)).
/// </summary>
internal static partial class PseudoTerminals
{
    /// <summary>The most of one runner; the REPL's own is one of them.</summary>
    public const int Most = 64;

    // The same numbers on every architecture; glibc wraps these calls only since 2.36. Commands as in linux/mount.h.
    private const nint ConfigureFileSystem = 431;
    private const nint PickFileSystem = 433;
    private const nint SetText = 1;
    private const nint Reconfigure = 7;
    private const nint CloseOnExec = 1;
    private const int StatusBytes = 256;
    private const int DeviceOffset = 136;

    /// <summary>
    /// Sets the limit, by the sandbox's PID 1; to be called before its REPL runs. False where this process may not, for it is not root, or cannot, before Linux 5.2; then
    /// <see cref="SandboxWatch"/> is what remains.
    /// </summary>
    public static bool TryLimit(ProcessIdentity init)
    {
        using var picked = new SafeFileHandle(Pick(PickFileSystem, -1, FolderOf(init.Id), CloseOnExec), ownsHandle: true);
        // The number may have become another process's, and the gateway's own terminals are not to be limited. The modes are bubblewrap's: what is left out would be reset.
        return !picked.IsInvalid && DeviceOf(FolderOf(init.Id)) is { } device && device != DeviceOf("/dev/pts") && init.IsAlive
            && Set(picked, "max", Most.ToString(CultureInfo.InvariantCulture)) && Set(picked, "ptmxmode", "666") && Set(picked, "mode", "620")
            && Configure(ConfigureFileSystem, picked, Reconfigure, null, null, 0) == 0;
    }

    /// <summary>How many are open in a sandbox; 0 where it is gone, or cannot be looked into.</summary>
    public static int CountOf(int init)
    {
        try
        {
            // One entry each, and the `ptmx` by which they are opened.
            return Directory.EnumerateFileSystemEntries(FolderOf(init)).Count(entry => !entry.EndsWith("ptmx", StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    private static string FolderOf(int init) => $"/proc/{init.ToString(CultureInfo.InvariantCulture)}/root/dev/pts";

    // The file system's number, stx_dev_major and stx_dev_minor of statx(2).
    private static long? DeviceOf(string path)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        return Status(-1, path, 0, 0, ref status[0]) == 0 ? MemoryMarshal.Read<long>(status[DeviceOffset..]) : null;
    }

    private static bool Set(SafeFileHandle picked, string key, string value) => Configure(ConfigureFileSystem, picked, SetText, key, value, 0) == 0;

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, ref byte status);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Pick(nint number, nint folder, string path, nint flags);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Configure(nint number, SafeFileHandle picked, nint command, string? key, string? value, nint auxiliary);
}
