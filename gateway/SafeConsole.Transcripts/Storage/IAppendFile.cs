namespace SafeConsole.Transcripts.Storage;

/// <summary>The file under a live transcript. One thread at a time writes, while another may sync.</summary>
internal interface IAppendFile : IDisposable
{
    /// <summary>Returns when the bytes stand at the offset in the file: the kernel has them, so they outlive this process. Throws otherwise.</summary>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Returns when all that was written before the call is on the disk, in a file that still has its name; throws otherwise.</summary>
    void Sync();

    /// <summary>Drops whatever stands beyond the length.</summary>
    void CutBack(long length);
}
