using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Control;
using SafeConsole.Proxy.Postgres.Errors;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Postgres.Proving;
using SafeConsole.Proxy.Postgres.Replicas;
using SafeConsole.Proxy.Threads;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// One connection between a client and the replica after both were let in: two loops, one for each direction, that share nothing but
/// the queue of awaited answers. Whatever ends one ends both.
/// </summary>
internal sealed class PostgresRelay : IReplyEvents, IAsyncDisposable
{
    private const int FlushBeyond = 64 * 1024;
    private const string Goodbye = "The REPL closed the connection.";
    private const string Vanished = "The REPL vanished without a goodbye.";
    private const string Broken = "The connection broke.";
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly Stream client;
    private readonly FrameBuffer incoming;
    private readonly ReplicaConnection replica;
    private readonly TargetPolicy policy;
    private readonly ProxyOptions options;
    private readonly TimeProvider time;
    private readonly SessionRecord record;
    private readonly Action<string> trip;
    private readonly PostgresConnections siblings;
    private readonly RelayThreadPair? threads;
    private readonly ReplicaControl? control;
    private readonly ReplicaConfirmation? confirmation;
    private readonly ReplyQueue queue;
    private readonly MessageWriter toClient = new();
    private readonly ClientRequests requests;
    private readonly ServerReplies replies;
    private readonly TaskCompletionSource<RelayEnd> cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource ending = new();
    private Task cancelling = Task.CompletedTask;
    private bool writing;

    public PostgresRelay(
        int connection, Stream client, FrameBuffer incoming, ReplicaConnection replica, ReplicaControl? control, TargetPolicy policy, PostgresConnections siblings,
        RelayThreadPair? threads = null)
    {
        this.client = client;
        this.incoming = incoming;
        this.replica = replica;
        this.policy = policy;
        options = siblings.Options;
        time = siblings.Time;
        record = siblings.Record;
        trip = siblings.Trip;
        this.siblings = siblings;
        this.threads = threads;
        this.control = control;
        queue = new ReplyQueue(control is null ? null : new SessionNames(control.Catalog, replica.SearchPath));
        confirmation = control is null ? null : new ReplicaConfirmation(control, replica.Settings.ContainsKey("in_hot_standby"), time);
        requests = new ClientRequests(connection, siblings.Gate, record, queue, replica, new NameBudget(siblings, policy.Limits));
        replies = new ServerReplies(queue, toClient, this, time);
    }

    /// <summary>A message of the client's waits for the server's answer.</summary>
    public bool IsBusy => queue.Count > 0;

    /// <summary>Prepared statements and portals that will be there when all that was sent has succeeded.</summary>
    public HeldNames NamesHeld => queue.NamesHeld;

    /// <summary>A failure that no peer explains: a defect, for the log.</summary>
    public Exception? Unexpected { get; private set; }

    /// <summary>Bytes sent to the client.</summary>
    public long BytesSent { get; private set; }

    /// <summary>Relays until one side ends, the connection is cut, or the token is cancelled; then stops what runs on the replica.</summary>
    public async Task<RelayEnd> RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stopped = cancellationToken.Register(() => Cut("the session ended."));
        using var clock = new StatementClock(queue, policy.Limits, options, time, RequestCancel, Cut);
        Task<RelayEnd> forth = Begin(threads?.Forth, () => Guard(RunRequestsAsync, RelaySide.Client));
        Task<RelayEnd> back = Begin(threads?.Back, () => Guard(RunRepliesAsync, RelaySide.Replica));
        RelayEnd end = await (await Task.WhenAny(forth, back, cut.Task).ConfigureAwait(false)).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        if (IsBusy && end.Side != RelaySide.Replica)
        {
            await StopReplicaAsync().ConfigureAwait(false);
        }

        await Task.WhenAll(forth, back).ConfigureAwait(false);
        RecordAbandoned(end);
        await SayFarewellAsync(end).ConfigureAwait(false);
        return end;
    }

    /// <summary>Ends the connection from the gateway's side; the sentence is for the client.</summary>
    public void Cut(string sentence) => cut.TrySetResult(new RelayEnd(RelayStage.Relaying, RelaySide.Gateway, sentence));

    /// <summary>Cancels on the replica what this connection runs; nothing when it runs nothing, or is being cancelled already.</summary>
    public void RequestCancel()
    {
        lock (cut)
        {
            if (IsBusy && cancelling.IsCompleted)
            {
                cancelling = CancelQuietlyAsync();
            }
        }
    }

    /// <inheritdoc/>
    public void SettingChanged(ParameterStatusMessage status)
    {
        if (ReplicaTripwire.Check(status, policy.Database.Proof) is { } sentence)
        {
            trip(sentence);
            throw new ReplicaFailedException(sentence);
        }
    }

    /// <inheritdoc/>
    public void ServerReady() => confirmation?.Ready();

    /// <inheritdoc/>
    public void LimitReached()
    {
        RequestCancel();
        replies.HoldReady = true;
    }

    /// <inheritdoc/>
    public void RunEnded(StatementRun run, long elapsed, ErrorMessage? error)
    {
        double milliseconds = Math.Max(0, elapsed * 1000.0 / time.TimestampFrequency);
        record.Complete(new StatementCompleted(
            run.Statement.Number, run.Execution, run.Rows, run.Bytes, Math.Round(milliseconds, 3), error?.SqlState, error?.Message));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await replica.DisposeAsync().ConfigureAwait(false);
        toClient.Dispose();
        ending.Dispose();
    }

    // Whether the server came to their end, nobody was told.
    private void RecordAbandoned(RelayEnd end)
    {
        long now = time.GetTimestamp();
        foreach (PendingReply reply in queue.Abandon())
        {
            if (reply is { Kind: ReplyKind.Query or ReplyKind.Execute, Run: { Completed: false } run })
            {
                run.Completed = true;
                RunEnded(run, reply.Sent == 0 ? 0 : now - reply.Sent, GatewayError.Abandoned(end.Sentence));
            }
        }
    }

    private static Task<RelayEnd> Begin(RelayThread? thread, Func<Task<RelayEnd>> loop) => thread is null ? loop() : thread.BeginAsync(loop);

    private async Task<RelayEnd> Guard(Func<Task<RelayEnd>> loop, RelaySide side)
    {
        try
        {
            return await loop().ConfigureAwait(false);
        }
        catch (ProtocolFaultException fault)
        {
            return new RelayEnd(RelayStage.Relaying, side, fault.Message);
        }
        catch (ReplicaFailedException failure)
        {
            return new RelayEnd(RelayStage.Relaying, RelaySide.Replica, failure.Message);
        }
        catch (TranscriptFailedException)
        {
            return new RelayEnd(RelayStage.Relaying, RelaySide.Gateway, "The transcript cannot be written, and nothing runs unrecorded.");
        }
        catch (Exception failure)
        {
            Unexpected = failure is IOException or OperationCanceledException or ObjectDisposedException ? Unexpected : failure;
            return new RelayEnd(RelayStage.Relaying, side, Broken);
        }
    }

    private async Task<RelayEnd> RunRequestsAsync()
    {
        while (true)
        {
            await ConfirmAsync().ConfigureAwait(false);
            while (Frame.TryRead(incoming.Unread, options.MaximumMessage, out Frame frame))
            {
                if (requests.MustWait(frame))
                {
                    await SettleAsync().ConfigureAwait(false);
                    await ConfirmAsync().ConfigureAwait(false);
                    continue;
                }

                if (!requests.Take(frame))
                {
                    return new RelayEnd(RelayStage.Relaying, RelaySide.Client, Goodbye);
                }

                incoming.Advance(frame.Length);
                if (replica.Unsent > FlushBeyond)
                {
                    await SendAsync().ConfigureAwait(false);
                }
            }

            await SendAsync().ConfigureAwait(false);
            if (!await incoming.FillAsync(ending.Token).ConfigureAwait(false))
            {
                return new RelayEnd(RelayStage.Relaying, RelaySide.Client, Vanished);
            }
        }
    }

    /// <summary>Lets nothing be judged by a catalog, or sent to a replica, that may have changed since it was last seen.</summary>
    private async ValueTask ConfirmAsync()
    {
        if (control is null)
        {
            return;
        }

        if (confirmation!.IsDue())
        {
            await control.CheckAsync(ending.Token).ConfigureAwait(false);
            if (siblings.TripWhenPromoted(control, policy.Database))
            {
                throw new ReplicaFailedException(ReplicaTripwire.Promoted);
            }

            confirmation.Asked();
        }

        queue.UseCatalog(control.Catalog);
    }

    /// <summary>Waits until everything that was sent is answered. Within a batch the server keeps its answers back until it is told to give them.</summary>
    private async ValueTask SettleAsync()
    {
        replica.SendFlush();
        await SendAsync().ConfigureAwait(false);
        await queue.DrainedAsync().WaitAsync(ending.Token).ConfigureAwait(false);
    }

    private async ValueTask SendAsync()
    {
        // Also for what is recorded and goes no further: no client may outrun the disk.
        await requests.Recorded.WaitAsync(ending.Token).ConfigureAwait(false);
        if (replica.Unsent > 0)
        {
            queue.Release(time.GetTimestamp());
            await replica.FlushAsync(requests.Recorded, ending.Token).ConfigureAwait(false);
        }
    }

    private async Task<RelayEnd> RunRepliesAsync()
    {
        while (true)
        {
            replica.Incoming.Advance(replies.Take(replica.Incoming.Unread));
            await DeliverAsync().ConfigureAwait(false);
            if (replies.Held)
            {
                await cancelling.ConfigureAwait(false);
                replies.HoldReady = false;
            }
            else if (!await replica.Incoming.FillAsync(ending.Token).ConfigureAwait(false))
            {
                string sentence = replies.Fatal is { } fatal ? $"The replica closed the connection: {fatal.Message}" : "The replica closed the connection.";
                return new RelayEnd(RelayStage.Relaying, RelaySide.Replica, sentence);
            }
        }
    }

    private async ValueTask DeliverAsync()
    {
        if (toClient.Length > 0)
        {
            writing = true;
            await client.WriteAsync(toClient.Written, ending.Token).ConfigureAwait(false);
            await client.FlushAsync(ending.Token).ConfigureAwait(false);
            writing = false;
            BytesSent += toClient.Length;
            toClient.Clear();
        }
    }

    private async Task StopReplicaAsync()
    {
        RequestCancel();
        await Task.WhenAny(Task.WhenAll(cancelling, TerminateAsync()), Task.Delay(Farewell, time, CancellationToken.None)).ConfigureAwait(false);
    }

    /// <summary>Ends the server's process by the control connection: it may take no cancel, and not notice that its client is gone.</summary>
    private async Task TerminateAsync()
    {
        if (control is null || replica.Process is not { } process)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
            await control.TerminateAsync(process, limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ReplicaFailedException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is closed all the same; the server notices that when it next sends something.
        }
    }

    private async Task CancelQuietlyAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
            await replica.CancelAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ReplicaFailedException or IOException or OperationCanceledException)
        {
            // The statement runs into its timeout, or into the clock that closes the connection.
        }
    }

    // Only between two messages, and only if nothing of the last write is stuck, can the client read one more.
    private async Task SayFarewellAsync(RelayEnd end)
    {
        if ((end.Side == RelaySide.Client && end.Sentence is Goodbye or Vanished or Broken) || replies.Fatal is not null || !replies.AtBoundary || writing)
        {
            return;
        }

        try
        {
            using var limit = new CancellationTokenSource(Farewell, time);
            using var writer = new MessageWriter();
            GatewayError.Fatal(end.Side == RelaySide.Client ? "08P01" : "57P01", end.Sentence).WriteError(writer);
            await client.WriteAsync(writer.Written, limit.Token).ConfigureAwait(false);
            await client.FlushAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client is gone; there is nobody to tell.
        }
    }
}
