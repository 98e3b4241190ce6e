namespace SafeConsole.Transcripts.Storage;

/// <summary>An event on its way to the disk. <see cref="Last"/> marks the end of the session: nothing is written after it.</summary>
internal sealed class PendingAppend(byte[] body, DateTimeOffset at, bool last, Awaited awaited)
{
    private readonly TaskCompletionSource<long>? _done =
        awaited == Awaited.Nothing ? null : new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Body { get; } = body;

    public DateTimeOffset At { get; } = at;

    public bool Last { get; } = last;

    public Awaited Awaited { get; } = awaited;

    /// <summary>The event's number, once it has its place in the chain.</summary>
    public long Number { get; set; }

    /// <summary>The event's number, once it is where its appender waits for it to be.</summary>
    public Task<long> Done => _done?.Task ?? Task.FromResult(Number);

    public void Complete() => _done?.TrySetResult(Number);

    public void Reject(TranscriptFailedException why)
    {
        if (_done is not null)
        {
            _done.TrySetException(why);

            // The caller may have stopped waiting; its exception is then nobody's to observe.
            _ = _done.Task.Exception;
        }
    }
}
