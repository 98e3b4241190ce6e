namespace SafeConsole.Transcripts.Storage;

/// <summary>The file under a live transcript. One thread uses it.</summary>
internal interface IAppendFile : IDisposable
{
    /// <summary>Returns when the bytes stand at the offset, on the disk, in a file that still has its name; throws otherwise.</summary>
    void Commit(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Drops whatever stands beyond the length.</summary>
    void CutBack(long length);
}
