using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts.Tests.Support;

/// <summary>A real file that counts its commits, and holds each one back, its bytes written but not yet durable, until it is let through.</summary>
internal sealed class GatedFile(IAppendFile inner) : IAppendFile
{
    private readonly ManualResetEventSlim _gate = new(initialState: true);
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Commits { get; private set; }

    /// <summary>Completes when a commit's bytes were written.</summary>
    public Task Entered => _entered.Task;

    public void Hold() => _gate.Reset();

    public void LetThrough() => _gate.Set();

    public void Commit(long offset, ReadOnlySpan<byte> bytes)
    {
        inner.Commit(offset, bytes);
        _entered.TrySetResult();

        // A test that fails while it holds the gate must not hang the run.
        if (!_gate.Wait(TimeSpan.FromSeconds(20)))
        {
            throw new IOException("The gate was never opened.");
        }

        Commits++;
    }

    public void CutBack(long length) => inner.CutBack(length);

    public void Dispose()
    {
        inner.Dispose();
        _gate.Dispose();
    }
}
