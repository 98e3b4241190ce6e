using System.Text.Json;
using System.Threading.Channels;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// The only writer of a transcript's file. It takes whatever is queued, chains it, writes and syncs it once, and only then completes
/// the appends: while one group is on its way to the disk, the next one gathers. It runs on a thread of its own, so that a slow
/// disk holds up this session and never the thread pool.
/// </summary>
internal sealed class TranscriptWriter
{
    private const int QueueLength = 256;
    private const int StackBytes = 256 * 1024;

    private readonly string _session;
    private readonly TimeProvider _time;
    private readonly DurableProgress _progress;
    private readonly IAppendFile _file;
    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(QueueLength) { SingleReader = true, AllowSynchronousContinuations = false });
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TranscriptWriter(string session, IAppendFile file, DurableProgress progress, TimeProvider time)
    {
        _session = session;
        _time = time;
        _progress = progress;
        _file = file;
        new Thread(Run, StackBytes) { IsBackground = true, Name = "transcript" }.Start();
    }

    public Task<Exception> Failed => _failed.Task;

    /// <summary>Completes when the file is closed.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>
    /// Queues an event in the order of the calls, and completes with its number when it is durable. Cancelling takes back an event
    /// that waits for room in the queue; a queued one is still recorded.
    /// </summary>
    public async Task<long> AppendAsync(TranscriptEvent happened, bool last, CancellationToken cancellationToken)
    {
        if (_failed.Task.IsCompleted)
        {
            throw Refusal();
        }

        var pending = new PendingAppend(Serialize(happened), _time.GetUtcNow(), last);
        try
        {
            await _queue.Writer.WriteAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw Refusal();
        }

        return await pending.Durable.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes no more events; the writer stops when those that are queued are written.</summary>
    public void Complete() => _queue.Writer.TryComplete();

    /// <summary>Records that nothing can be recorded any more.</summary>
    public void Fail(Exception cause)
    {
        _failed.TrySetResult(cause);
        Complete();
    }

    private byte[] Serialize(TranscriptEvent happened)
    {
        try
        {
            byte[] body = TranscriptFormat.SerializeBody(happened);
            return body.Length <= TranscriptFormat.MaximumBodyBytes
                ? body
                : throw new InvalidDataException($"An event of {body.Length} bytes is longer than a line may be.");
        }
        catch (Exception cause) when (cause is InvalidDataException or JsonException or ArgumentException or NotSupportedException)
        {
            Fail(cause);
            throw Refusal();
        }
    }

    private TranscriptFailedException Refusal() =>
        _failed.Task.IsCompleted
            ? new TranscriptFailedException($"The transcript of session {_session} cannot be written: {_failed.Task.Result.Message}", _failed.Task.Result)
            : new TranscriptFailedException($"The transcript of session {_session} is closed.", null);

    private void Run()
    {
        using (var group = new CommitGroup(_file, _progress))
        {
            try
            {
                while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                {
                    Gather(group);
                    group.Commit();
                }
            }
            catch (Exception cause)
            {
                Abandon(group, cause);
            }
        }

        if (_failed.Task.IsCompleted)
        {
            _progress.Close();
        }

        _stopped.SetResult();
    }

    private void Gather(CommitGroup group)
    {
        while (!group.IsFull && _queue.Reader.TryRead(out PendingAppend? pending))
        {
            if (group.HasEnded)
            {
                pending.Reject(Refusal());
            }
            else
            {
                group.Add(pending);
            }
        }
    }

    private void Abandon(CommitGroup group, Exception cause)
    {
        Fail(cause);
        TranscriptFailedException refusal = Refusal();
        group.Abandon(refusal);
        while (_queue.Reader.TryRead(out PendingAppend? pending))
        {
            pending.Reject(refusal);
        }
    }
}
