namespace SafeConsole.Transcripts.Storage;

/// <summary>The durable end of a live transcript, and the waiting for it to move. Any number of followers share one signal.</summary>
internal sealed class DurableProgress(DurablePoint start)
{
    private readonly Lock _gate = new();
    private DurablePoint _point = start;
    private TaskCompletionSource? _moved;
    private bool _closed;

    public DurablePoint Point => Volatile.Read(ref _point);

    /// <summary>Moves the end. Who asks from now on finds it there; who waits is woken by <see cref="Announce"/>.</summary>
    public void Advance(DurablePoint point)
    {
        lock (_gate)
        {
            _point = point;
        }
    }

    /// <summary>Wakes those who wait for the end to move.</summary>
    public void Announce() => Signal(closed: false);

    public void Close() => Signal(closed: true);

    /// <summary>True as soon as there is an event beyond the number; false when there is none and will be none.</summary>
    public async Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_point.Count > number)
                {
                    return true;
                }

                if (_closed)
                {
                    return false;
                }

                _moved ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                moved = _moved.Task;
            }

            await moved.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Signal(bool closed)
    {
        TaskCompletionSource? moved;
        lock (_gate)
        {
            _closed |= closed;
            moved = _moved;
            _moved = null;
        }

        moved?.SetResult();
    }
}
