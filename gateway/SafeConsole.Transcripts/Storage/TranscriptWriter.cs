using System.Text.Json;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Transcripts.Storage;

/// <summary>
/// The only writer of a transcript's file. Events are chained and written in the order of the calls, by whoever finds nobody writing; a
/// thread of its own syncs what was written, so that the disk's latency is shared by all that gathers meanwhile and a slow disk holds up
/// this session alone: while it lags, nobody else's thread writes.
/// </summary>
internal sealed class TranscriptWriter
{
    private const int StackBytes = 256 * 1024;

    // What nobody waited for, statements above all, is shown to followers at most so often: each wake-up of a page costs as much as some statements.
    private static readonly TimeSpan BetweenAnnouncements = TimeSpan.FromMilliseconds(100);

    private readonly string _session;
    private readonly TimeProvider _time;
    private readonly DurableProgress _progress;
    private readonly IAppendFile _file;
    private readonly WriteGroup _group;
    private readonly UnsyncedTail _tail;
    private readonly object _gate = new();
    private readonly Queue<PendingAppend> _queue = new();
    private readonly TaskCompletionSource<Exception> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DurablePoint _written;
    private DurablePoint _kept;
    private bool _writing;
    private bool _closed;
    private bool _asleep;
    private bool _unannounced;
    private long _announced;

    /// <summary>At most <paramref name="window"/> passes between a write that counts as recorded and its sync; zero makes every event wait for its sync.</summary>
    public TranscriptWriter(string session, IAppendFile file, DurableProgress progress, TimeSpan window, TimeProvider time)
    {
        _session = session;
        _time = time;
        _progress = progress;
        _file = file;
        _written = _kept = progress.Point;
        _group = new WriteGroup(file, progress.Point);
        _tail = new UnsyncedTail(window, time);
        new Thread(Run, StackBytes) { IsBackground = true, Name = "transcript" }.Start();
    }

    public Task<Exception> Failed => _failed.Task;

    /// <summary>Completes when the file is closed.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Appends an event; completes with its number when it is durable. Cancelling stops the waiting alone.</summary>
    public Task<long> AppendAsync(TranscriptEvent happened, bool last, CancellationToken cancellationToken)
    {
        try
        {
            byte[] body = Serialize(happened);
            lock (_gate)
            {
                PendingAppend pending = Enqueue(body, last, Awaited.Durable);
                Monitor.PulseAll(_gate);
                return pending.Done.WaitAsync(cancellationToken);
            }
        }
        catch (TranscriptFailedException refusal)
        {
            return Task.FromException<long>(refusal);
        }
    }

    /// <summary>Appends an event; completes when it is in the file, at once unless the disk lags or another event is being written.</summary>
    public Task WriteAsync(TranscriptEvent happened)
    {
        try
        {
            byte[] body = Serialize(happened);
            lock (_gate)
            {
                bool lags = _tail.IsTooLong;
                if (lags || _writing)
                {
                    PendingAppend pending = Enqueue(body, last: false, lags ? Awaited.Durable : Awaited.Written);
                    Monitor.PulseAll(_gate);
                    return pending.Done;
                }

                Enqueue(body, last: false, Awaited.Written);
                _writing = true;
            }

            WriteQueued();
            return _failed.Task.IsCompleted ? Task.FromException(Refusal()) : Task.CompletedTask;
        }
        catch (TranscriptFailedException refusal)
        {
            return Task.FromException(refusal);
        }
    }

    /// <summary>Appends an event that nobody waits for. It is written with the next one, or soon.</summary>
    public void Enqueue(TranscriptEvent happened)
    {
        byte[] body = Serialize(happened);
        lock (_gate)
        {
            Enqueue(body, last: false, Awaited.Nothing);
            WakeSleeper();
        }
    }

    /// <summary>Takes no more events; the writer stops when those that are queued are written and synced.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Records that nothing can be recorded any more.</summary>
    public void Fail(Exception cause)
    {
        _failed.TrySetResult(cause);
        Complete();
    }

    private PendingAppend Enqueue(byte[] body, bool last, Awaited awaited)
    {
        if (_closed)
        {
            throw Refusal();
        }

        _closed = last;
        var pending = new PendingAppend(body, _time.GetUtcNow(), last, awaited);
        _queue.Enqueue(pending);
        return pending;
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

    /// <summary>Writes all that is queued. Whoever calls it has set <see cref="_writing"/>, which it takes back.</summary>
    private void WriteQueued()
    {
        try
        {
            while (TakeQueued())
            {
                Written(_group.Write());
            }
        }
        catch (Exception cause)
        {
            Fail(cause);
            lock (_gate)
            {
                _writing = false;
                Monitor.PulseAll(_gate);
            }
        }
    }

    private bool TakeQueued()
    {
        lock (_gate)
        {
            if (_queue.Count == 0 || _failed.Task.IsCompleted)
            {
                _writing = false;
                WakeSleeper();
                return false;
            }

            while (!_group.IsFull && _queue.TryDequeue(out PendingAppend? pending))
            {
                _group.Add(pending);
            }

            return true;
        }
    }

    private void Written(DurablePoint point)
    {
        lock (_gate)
        {
            _written = point;
            _tail.Add(_group.Members);
            foreach (PendingAppend member in _group.Members)
            {
                if (member.Awaited == Awaited.Written)
                {
                    _kept = point;
                    member.Complete();
                }
            }

            _group.Clear();
        }
    }

    // A thread that waits for its time needs no waking for what can wait as well.
    private void WakeSleeper()
    {
        if (_asleep || _closed || _tail.IsDue)
        {
            Monitor.PulseAll(_gate);
        }
    }

    private void Run()
    {
        try
        {
            while (WaitForWork() is { } work)
            {
                work();
            }
        }
        catch (Exception cause)
        {
            Fail(cause);
        }

        Abandon();
        _file.Dispose();
        _stopped.SetResult();
    }

    private Action? WaitForWork()
    {
        lock (_gate)
        {
            while (!_failed.Task.IsCompleted)
            {
                if (_queue.Count > 0 && !_writing)
                {
                    _writing = true;
                    return WriteQueued;
                }

                if (_tail.IsDue || (_closed && _tail.Exists))
                {
                    return Sync;
                }

                if (_closed && !_writing)
                {
                    return null;
                }

                _asleep = !_tail.Exists;
                bool woken = Monitor.Wait(_gate, _asleep && _unannounced ? BetweenAnnouncements : _tail.Pause);
                bool quiet = _asleep && _unannounced && !woken;
                _asleep = false;
                if (quiet)
                {
                    return Announce;
                }

                if (!woken)
                {
                    _tail.MakeDue();
                }
            }

            return null;
        }
    }

    private void Sync()
    {
        DurablePoint point;
        bool awaited;
        lock (_gate)
        {
            point = _written;
            awaited = _tail.IsAwaited || _closed;
        }

        long begun = _time.GetTimestamp();
        _file.Sync();
        _progress.Advance(point);
        _unannounced = true;
        if (awaited || _time.GetElapsedTime(_announced) >= BetweenAnnouncements)
        {
            Announce();
        }

        List<PendingAppend> done;
        lock (_gate)
        {
            done = _tail.Synced(point.Count, remains: _written.Count > point.Count, begun);
        }

        done.ForEach(member => member.Complete());
    }

    private void Announce()
    {
        (_unannounced, _announced) = (false, _time.GetTimestamp());
        _progress.Announce();
    }

    /// <summary>After a failure nobody is told that an event is recorded, and what nobody was told of is taken off the file if the disk lets us.</summary>
    private void Abandon()
    {
        lock (_gate)
        {
            while (_writing)
            {
                Monitor.Wait(_gate);
            }

            if (!_failed.Task.IsCompleted)
            {
                return;
            }

            CutBack();
            TranscriptFailedException refusal = Refusal();
            foreach (PendingAppend pending in _group.Members.Concat(_queue))
            {
                pending.Reject(refusal);
            }

            _queue.Clear();
            _tail.Reject(refusal);
        }

        _progress.Close();
    }

    private void CutBack()
    {
        try
        {
            _file.CutBack(Math.Max(_progress.Point.Length, _kept.Length));
        }
        catch (Exception stillBroken) when (stillBroken is IOException or UnauthorizedAccessException)
        {
            // Left for CloseInterruptedAsync: nothing is ever appended behind it.
        }
    }
}
