using SafeConsole.Policies;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// What was sent and is not answered yet, in order, with the names that result. The requests' side stages and releases, the replies'
/// side completes and skips, as the server does: after an error in the extended protocol it ignores everything up to the next Sync.
/// Thread-safe.
/// </summary>
/// <param name="begin">What names mean in the session's first statement; null where they are judged as such.</param>
internal sealed class ReplyQueue(SessionNames? begin = null)
{
    private readonly Lock gate = new();
    private readonly Queue<PendingReply> sent = new();
    private readonly Queue<PendingReply> staged = new();
    private readonly NameTable agreed = new() { Meaning = begin };
    private readonly NameTable planned = new() { Meaning = begin };
    private TaskCompletionSource? drained;
    private int changing;
    private int naming;
    private int pathing;
    private bool outdated;
    private bool skipping;
    private bool batchOpen;
    private long batchSince;
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

    /// <summary>How many prepared statements and portals there will be when all that was sent has succeeded.</summary>
    public HeldNames NamesHeld
    {
        get
        {
            lock (gate)
            {
                return Expected.Held;
            }
        }
    }

    /// <summary>What names mean in the next statement, when all that was sent has succeeded; null where they are judged as such.</summary>
    public SessionNames? Meaning
    {
        get
        {
            lock (gate)
            {
                return Expected.Meaning;
            }
        }
    }

    /// <summary>The number of the batch that is being sent: one more after each Sync and simple query. An error loses the rest of its batch and no more.</summary>
    public long Batch { get; private set; }

    /// <summary>From now on names mean what they mean in this catalog.</summary>
    public void UseCatalog(DatabaseCatalog catalog)
    {
        lock (gate)
        {
            if (Expected.Meaning is { } meaning && !ReferenceEquals(meaning.Catalog, catalog))
            {
                planned.Meaning = meaning with { Catalog = catalog };
                agreed.Meaning = agreed.Meaning! with { Catalog = catalog };
            }
        }
    }

    /// <summary>Whether a statement's names could find something else if a message that is under way fails: search_path is being changed, or can be given back by the transaction, or a held cursor comes or goes with it.</summary>
    public bool IsUnsettled
    {
        get
        {
            lock (gate)
            {
                return sent.Count + staged.Count > 0
                    && Expected.Meaning is { } meaning && (pathing > 0 || !meaning.IsSettled || agreed.Meaning is not { IsSettled: true } confirmed || !meaning.JudgesLike(confirmed));
            }
        }
    }

    /// <summary>Whether a message that is under way gives a name, so that the name may in the end stand for something else.</summary>
    public bool GivesNames()
    {
        lock (gate)
        {
            return naming > 0;
        }
    }

    /// <summary>Whether this name was given in an earlier batch, which may still fail and leave the name with what it stood for before.</summary>
    public bool IsDoubtful(string statement)
    {
        lock (gate)
        {
            return Expected.FindStatement(statement) is { } given && given.Batch < Batch && !ReferenceEquals(agreed.FindStatement(statement), given);
        }
    }

    /// <summary>Completes when nothing is under way. Only what was released is ever answered.</summary>
    public Task DrainedAsync()
    {
        lock (gate)
        {
            return sent.Count + staged.Count == 0 ? Task.CompletedTask : (drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    public PreparedStatement? FindStatement(string name)
    {
        lock (gate)
        {
            return Expected.FindStatement(name);
        }
    }

    public StatementRun? FindPortal(string name)
    {
        lock (gate)
        {
            return Expected.FindPortal(name);
        }
    }

    /// <summary>Adds a message that is about to be sent; false when the server will ignore it, because an error stands before it.</summary>
    public bool Stage(PendingReply reply)
    {
        lock (gate)
        {
            bool wasOpen = batchOpen;
            batchOpen = reply.Kind != ReplyKind.Sync && (batchOpen || reply.Kind != ReplyKind.Query);
            batchSince = wasOpen && batchOpen ? batchSince : 0;
            skipping &= reply.Kind != ReplyKind.Sync;
            Batch += reply.Kind is ReplyKind.Sync or ReplyKind.Query ? 1 : 0;

            if (skipping)
            {
                return false;
            }

            // Made anew first where it is out of date, so that this message counts once.
            NameTable names = Expected;
            staged.Enqueue(reply);
            Tally(reply, 1);
            Apply(names, reply);
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

            batchSince = batchOpen && batchSince == 0 ? now : batchSince;
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

    /// <summary>The server finished the first message. Returns the timestamp ticks since it was sent, or since the one before it ended.</summary>
    public long Complete(long now)
    {
        lock (gate)
        {
            PendingReply done = sent.Dequeue();
            Tally(done, -1);
            if (done.Kind != ReplyKind.Query)
            {
                Apply(agreed, done);
            }

            long elapsed = now - Math.Max(done.Sent, lastDone);
            if (done.Kind is ReplyKind.Query or ReplyKind.Execute or ReplyKind.Sync)
            {
                lastDone = now;
            }

            NoteDrained();
            return elapsed;
        }
    }

    /// <summary>The server confirmed one statement of a simple query, the one at this place of its text.</summary>
    public void Confirm(PendingReply query, int part)
    {
        if (query.Changes is null && query.Runs is null)
        {
            return;
        }

        lock (gate)
        {
            if (part < query.Changes?.Count && query.Changes[part] is { } change)
            {
                agreed.Apply(change);
            }

            if (part < query.Runs?.Parts.Length)
            {
                agreed.Follow(query.Runs.Parts[part]);
            }
        }
    }

    /// <summary>The server failed at a simple query, or at the end of a batch: what it did of it, as far as it is undone, is forgotten.</summary>
    public void Undo()
    {
        lock (gate)
        {
            agreed.Meaning = agreed.Meaning?.Undone();
            outdated = true;
        }
    }

    /// <summary>The server is ready for the next message, idle or within a transaction. With a transaction its portals end.</summary>
    public void Ready(bool idle)
    {
        lock (gate)
        {
            SessionNames? before = agreed.Meaning;
            if (idle)
            {
                agreed.EndTransaction();
            }
            else
            {
                agreed.Meaning = agreed.Meaning?.WithinTransaction();
            }

            if (idle && sent.Count + staged.Count == 0)
            {
                Expected.EndTransaction();
                planned.Meaning = agreed.Meaning;
            }
            else
            {
                outdated |= !ReferenceEquals(before, agreed.Meaning);
            }
        }
    }

    /// <summary>The server failed at the first message and ignores all that follow up to the next Sync. Returns what will never be answered, the failed one first.</summary>
    public List<PendingReply> SkipToSync()
    {
        lock (gate)
        {
            var skipped = new List<PendingReply>();
            skipping = !(SkipIn(sent, skipped) || SkipIn(staged, skipped));
            foreach (PendingReply reply in skipped)
            {
                Tally(reply, -1);
            }

            agreed.Meaning = agreed.Meaning?.Undone();
            outdated = true;
            NoteDrained();
            return skipped;
        }
    }

    /// <summary>Nothing more will be answered. Returns what was sent and what was about to be, in order.</summary>
    public List<PendingReply> Abandon()
    {
        lock (gate)
        {
            List<PendingReply> abandoned = [.. sent, .. staged];
            sent.Clear();
            staged.Clear();
            return abandoned;
        }
    }

    /// <summary>Drops from the names what failed statements would have given and ended transactions have taken.</summary>
    public void RecomputeNames()
    {
        lock (gate)
        {
            outdated = true;
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

            return batchSince > 0 ? (Math.Max(batchSince, lastDone), false) : null;
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

    private void NoteDrained()
    {
        if (drained is not null && sent.Count + staged.Count == 0)
        {
            drained.SetResult();
            drained = null;
        }
    }

    /// <summary>The names when all that was sent has succeeded. Made anew only when they are asked for: a queue of statements that all fail would otherwise be gone through for each.</summary>
    private NameTable Expected
    {
        get
        {
            if (outdated)
            {
                outdated = false;
                planned.CopyFrom(agreed);
                foreach (PendingReply reply in changing > 0 ? sent.Concat(staged) : [])
                {
                    Apply(planned, reply);
                }
            }

            return planned;
        }
    }

    private void Tally(PendingReply reply, int by)
    {
        if (reply.Runs is not null || reply.Changes is not null)
        {
            changing += by;
            naming += reply.Runs is not null || reply.Changes!.Any(static change => change is { Name: not "" }) ? by : 0;
            pathing += reply.Runs is { ChangesPath: true } ? by : 0;
        }
    }

    private static void Apply(NameTable names, PendingReply reply)
    {
        for (int i = 0; i < reply.Changes?.Count; i++)
        {
            if (reply.Changes[i] is { } change)
            {
                names.Apply(change);
            }
        }

        for (int i = 0; i < reply.Runs?.Parts.Length; i++)
        {
            names.Follow(reply.Runs.Parts[i]);
        }
    }
}
