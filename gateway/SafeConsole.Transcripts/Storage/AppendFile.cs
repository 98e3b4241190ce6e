using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// A transcript's file. A deleted file can still be written to, into nothing, so each sync asks the kernel under
/// which name the open file stands (/proc/self/fd) and fails when that is no longer the name it was opened by.
/// </summary>
internal sealed class AppendFile : IAppendFile
{
    private readonly FileStream _stream;
    private readonly SafeFileHandle _handle;
    private readonly string? _name;

    private AppendFile(string path, FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
        };
        if (mode == FileMode.CreateNew)
        {
            options.UnixCreateMode = SmallFile.OwnerOnly;
        }

        _stream = new FileStream(path, options);
        _handle = _stream.SafeFileHandle;
        _name = NameNow();
    }

    /// <summary>Makes the file, which must not exist, and makes its name durable.</summary>
    public static AppendFile Create(string path)
    {
        var file = new AppendFile(path, FileMode.CreateNew);
        try
        {
            NativeFile.SyncFolder(Path.GetDirectoryName(path)!);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public static AppendFile Open(string path) => new(path, FileMode.Open);

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException tooLarge)
        {
            // This is how .NET words EFBIG, a limit on the size of files.
            throw new IOException($"The file {_name} may not grow further.", tooLarge);
        }
    }

    public void Sync()
    {
        NativeFile.SyncData(_handle);
        if (NameNow() != _name)
        {
            throw new IOException($"The file {_name} was deleted or moved.");
        }
    }

    public void CutBack(long length)
    {
        RandomAccess.SetLength(_handle, length);
        NativeFile.SyncData(_handle);
    }

    public void Dispose() => _stream.Dispose();

    private string? NameNow() =>
        new FileInfo("/proc/self/fd/" + _handle.DangerousGetHandle().ToString(CultureInfo.InvariantCulture)).LinkTarget;
}
