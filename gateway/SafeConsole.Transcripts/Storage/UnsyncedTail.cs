namespace SafeConsole.Transcripts.Storage;

/// <summary>What was written and not synced yet: for how long, and who waits for it. Used under the writer's lock.</summary>
internal sealed class UnsyncedTail(TimeSpan window, TimeProvider time)
{
    private readonly Queue<PendingAppend> _waiting = new();
    private bool _exists;
    private bool _overdue;
    private long _since;

    /// <summary>Whether anything is unsynced.</summary>
    public bool Exists => _exists;

    /// <summary>Whether somebody waits for it to be synced.</summary>
    public bool IsAwaited => _waiting.Count > 0;

    /// <summary>Whether it should be synced now: somebody waits for it, or it has been left for long enough.</summary>
    public bool IsDue => _exists && (_overdue || IsAwaited);

    /// <summary>Whether the disk is so far behind that nothing more may count as recorded before it is durable.</summary>
    public bool IsTooLong => window == TimeSpan.Zero || (_exists && time.GetElapsedTime(_since) > window);

    /// <summary>How long it is left for more to gather when nobody waits: a quarter of the window, the rest is for the disk.</summary>
    public TimeSpan Pause => _exists ? window / 4 : Timeout.InfiniteTimeSpan;

    /// <summary>Marks it as due although nobody waits.</summary>
    public void MakeDue() => _overdue = _exists;

    /// <summary>Takes in events that were just written.</summary>
    public void Add(IReadOnlyList<PendingAppend> written)
    {
        if (!_exists)
        {
            (_exists, _since) = (true, time.GetTimestamp());
        }

        foreach (PendingAppend member in written)
        {
            if (member.Awaited == Awaited.Durable)
            {
                _waiting.Enqueue(member);
            }
        }
    }

    /// <summary>All up to an event is durable; what remains is no older than the sync. Returns who waited.</summary>
    public List<PendingAppend> Synced(long number, bool remains, long begun)
    {
        (_exists, _overdue, _since) = (remains, false, begun);
        var done = new List<PendingAppend>();
        while (_waiting.TryPeek(out PendingAppend? first) && first.Number <= number)
        {
            done.Add(_waiting.Dequeue());
        }

        return done;
    }

    /// <summary>Nothing of it will become durable.</summary>
    public void Reject(TranscriptFailedException why)
    {
        while (_waiting.TryDequeue(out PendingAppend? waiting))
        {
            waiting.Reject(why);
        }
    }
}
