using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>The two durability calls .NET does not offer: fdatasync of a file, and fsync of a folder so that a new name in it survives a power cut.</summary>
internal static partial class NativeFile
{
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    /// <summary>Returns when the file's bytes and length are on the disk. Throws <see cref="IOException"/> with the kernel's reason.</summary>
    public static void SyncData(SafeFileHandle file)
    {
        while (FDataSync(file) != 0)
        {
            ThrowUnlessInterrupted("fdatasync");
        }
    }

    public static void SyncFolder(string path)
    {
        using SafeFileHandle folder = Open(path, CloseOnExec);
        if (folder.IsInvalid)
        {
            throw new IOException($"The folder {path} cannot be opened: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        while (FSync(folder) != 0)
        {
            ThrowUnlessInterrupted("fsync");
        }
    }

    private static void ThrowUnlessInterrupted(string call)
    {
        if (Marshal.GetLastPInvokeError() != Interrupted)
        {
            throw new IOException($"{call} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);
}
