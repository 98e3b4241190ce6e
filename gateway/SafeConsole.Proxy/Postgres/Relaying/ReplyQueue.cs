namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// What was sent and is not answered yet, in order, with the names that result. The requests' side stages and releases, the replies'
/// side completes and skips, as the server does: after an error in the extended protocol it ignores everything up to the next Sync.
/// Thread-safe.
/// </summary>
internal sealed class ReplyQueue
{
    private readonly Lock gate = new();
    private readonly Queue<PendingReply> sent = new();
    private readonly Queue<PendingReply> staged = new();
    private readonly NameTable agreed = new();
    private readonly NameTable expected = new();
    private bool skipping;
    private bool batchOpen;
    private long lastDone;

    /// <summary>Messages that wait for an answer.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return sent.Count + staged.Count;
            }
        }
    }

    /// <summary>How many names there will be when all that was sent has succeeded.</summary>
    public int NameCount
    {
        get
        {
            lock (gate)
            {
                return expected.Count;
            }
        }
    }

    public GatedStatement? FindStatement(string name)
    {
        lock (gate)
        {
            return expected.FindStatement(name);
        }
    }

    public StatementRun? FindPortal(string name)
    {
        lock (gate)
        {
            return expected.FindPortal(name);
        }
    }

    /// <summary>Adds a message that is about to be sent. Returns it back when the server will ignore it, because an error stands before it.</summary>
    public bool Stage(PendingReply reply)
    {
        lock (gate)
        {
            batchOpen = reply.Kind != ReplyKind.Sync && (batchOpen || reply.Kind != ReplyKind.Query);
            skipping &= reply.Kind != ReplyKind.Sync;
            if (skipping)
            {
                return false;
            }

            staged.Enqueue(reply);
            Apply(expected, reply.Changes);
            return true;
        }
    }

    /// <summary>Marks what was staged as sent at this moment.</summary>
    public void Release(long now)
    {
        lock (gate)
        {
            while (staged.TryDequeue(out PendingReply reply))
            {
                sent.Enqueue(reply with { Sent = now });
            }
        }
    }

    /// <summary>The message that the server's next answer belongs to.</summary>
    public bool TryPeek(out PendingReply reply)
    {
        lock (gate)
        {
            return sent.TryPeek(out reply);
        }
    }

    /// <summary>The server finished the first message. Returns the milliseconds' worth of timestamp since it was sent, or since the one before it ended.</summary>
    public long Complete(long now)
    {
        lock (gate)
        {
            PendingReply done = sent.Dequeue();
            if (done.Kind != ReplyKind.Query)
            {
                Apply(agreed, done.Changes);
            }

            long elapsed = now - Math.Max(done.Sent, lastDone);
            if (done.Kind is ReplyKind.Query or ReplyKind.Execute or ReplyKind.Sync)
            {
                lastDone = now;
            }

            return elapsed;
        }
    }

    /// <summary>The server confirmed one statement of a simple query.</summary>
    public void Confirm(NameChange? change)
    {
        if (change is not null)
        {
            lock (gate)
            {
                agreed.Apply(change);
            }
        }
    }

    /// <summary>The transaction is over, and its portals with it.</summary>
    public void EndTransaction()
    {
        lock (gate)
        {
            agreed.EndTransaction();
        }
    }

    /// <summary>The server failed at the first message and ignores all that follow up to the next Sync. Returns what will never be answered, the failed one first.</summary>
    public List<PendingReply> SkipToSync()
    {
        lock (gate)
        {
            var skipped = new List<PendingReply>();
            skipping = !(SkipIn(sent, skipped) || SkipIn(staged, skipped));
            RecomputeNames();
            return skipped;
        }
    }

    /// <summary>Drops what a failed statement of a simple query would have given to the names.</summary>
    public void RecomputeNames()
    {
        lock (gate)
        {
            expected.CopyFrom(agreed);
            foreach (PendingReply reply in sent)
            {
                Apply(expected, reply.Changes);
            }

            foreach (PendingReply reply in staged)
            {
                Apply(expected, reply.Changes);
            }
        }
    }

    /// <summary>Since when the server has been working on one message (busy), or has been left waiting within a batch that has no Sync yet (not busy); null when neither.</summary>
    public (long Since, bool Busy)? Waiting()
    {
        lock (gate)
        {
            if (sent.TryPeek(out PendingReply head))
            {
                return (Math.Max(head.Sent, lastDone), true);
            }

            return batchOpen && lastDone > 0 ? (lastDone, false) : null;
        }
    }

    private static bool SkipIn(Queue<PendingReply> queue, List<PendingReply> skipped)
    {
        while (queue.TryPeek(out PendingReply reply))
        {
            if (reply.Kind == ReplyKind.Sync)
            {
                return true;
            }

            skipped.Add(queue.Dequeue());
        }

        return false;
    }

    private static void Apply(NameTable names, IReadOnlyList<NameChange?>? changes)
    {
        for (int i = 0; i < changes?.Count; i++)
        {
            if (changes[i] is { } change)
            {
                names.Apply(change);
            }
        }
    }
}
