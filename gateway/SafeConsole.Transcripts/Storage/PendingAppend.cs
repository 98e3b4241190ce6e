namespace SafeConsole.Transcripts.Storage;

/// <summary>An event on its way to the disk. <see cref="Last"/> marks the end of the session: nothing is written after it.</summary>
internal sealed class PendingAppend(byte[] body, DateTimeOffset at, bool last)
{
    private readonly TaskCompletionSource<long> _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Body { get; } = body;

    public DateTimeOffset At { get; } = at;

    public bool Last { get; } = last;

    /// <summary>The event's number, once it is durable.</summary>
    public Task<long> Durable => _durable.Task;

    public void Complete(long number) => _durable.SetResult(number);

    public void Reject(TranscriptFailedException why)
    {
        _durable.TrySetException(why);

        // The caller may have stopped waiting; its exception is then nobody's to observe.
        _ = _durable.Task.Exception;
    }
}
