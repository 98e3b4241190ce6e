using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A real file whose disk fails at one write, of which a part is done, or at one sync, with an input/output error.</summary>
internal sealed class FailingFile(IAppendFile inner, int failAt, bool alsoWhenCuttingBack, bool atSync = false) : IAppendFile
{
    private int _writes;
    private int _syncs;

    public bool IsDisposed { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (++_writes == failAt && !atSync)
        {
            inner.Write(offset, bytes[..(bytes.Length / 2)]);
            throw new IOException("Input/output error");
        }

        inner.Write(offset, bytes);
    }

    public void Sync()
    {
        if (++_syncs == failAt && atSync)
        {
            throw new IOException("Input/output error");
        }

        inner.Sync();
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
