using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A real file whose disk fails at one commit: part of the bytes is written, then the sync reports an input/output error.</summary>
internal sealed class FailingFile(IAppendFile inner, int failAt, bool alsoWhenCuttingBack) : IAppendFile
{
    private int _commits;

    public bool IsDisposed { get; private set; }

    public void Commit(long offset, ReadOnlySpan<byte> bytes)
    {
        if (++_commits == failAt)
        {
            inner.Commit(offset, bytes[..(bytes.Length / 2)]);
            throw new IOException("Input/output error");
        }

        inner.Commit(offset, bytes);
    }

    public void CutBack(long length)
    {
        if (alsoWhenCuttingBack)
        {
            throw new IOException("Input/output error");
        }

        inner.CutBack(length);
    }

    public void Dispose()
    {
        IsDisposed = true;
        inner.Dispose();
    }
}
