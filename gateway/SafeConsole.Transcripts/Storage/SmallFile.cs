namespace SafeConsole.Transcripts.Storage;

/// <summary>Writes a small file whole or not at all: under another name first, synced, then renamed.</summary>
internal static class SmallFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        string unfinished = path + ".tmp";
        File.Delete(unfinished);
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            UnixCreateMode = mode,
            BufferSize = 0,
        };
        using (var stream = new FileStream(unfinished, options))
        {
            stream.Write(content);
            NativeFile.SyncData(stream.SafeFileHandle);
        }

        File.Move(unfinished, path, overwrite: true);
        NativeFile.SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
