using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A real file that counts its writes and syncs, and holds each sync back, its bytes written but not yet durable, until it is let through.</summary>
internal sealed class GatedFile(IAppendFile inner) : IAppendFile
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Writes { get; private set; }

    public int Syncs { get; private set; }

    /// <summary>Completes when a sync was begun.</summary>
    public Task Entered => _entered.Task;

    public void Hold() => _gate.Reset();

    public void LetThrough() => _gate.Set();

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        inner.Write(offset, bytes);
        Writes++;
    }

    public void Sync()
    {
        _entered.TrySetResult();

        // A test that fails while it holds the gate must not hang the run.
        if (!_gate.Wait(TimeSpan.FromSeconds(20)))
        {
            throw new IOException("The gate was never opened.");
        }

        inner.Sync();
        Syncs++;
    }

    public void CutBack(long length) => inner.CutBack(length);

    public void Dispose()
    {
        inner.Dispose();
        _gate.Dispose();
    }
}
