using SafeConsole.Transcripts.Events;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>A live session's record in a file: one writer, one sync for all that gathers while the disk works.</summary>
internal sealed class FileTranscript : Transcript
{
    private readonly string _path;
    private readonly TimeProvider _time;
    private readonly TranscriptSigningKey _key;
    private readonly Action<FileTranscript> _closed;
    private readonly TranscriptWriter _writer;
    private int _sealing;

    public FileTranscript(string session, string path, IAppendFile file, TimeSpan window, TimeProvider time, TranscriptSigningKey key, Action<FileTranscript> closed)
    {
        Session = session;
        _path = path;
        _time = time;
        _key = key;
        _closed = closed;
        Progress = new DurableProgress(DurablePoint.StartOf(session));
        _writer = new TranscriptWriter(session, file, Progress, window, time);
    }

    public override string Session { get; }

    public override long DurableCount => Progress.Point.Count;

    public override long DurableBytes => Progress.Point.Length;

    public override Task<Exception> Failed => _writer.Failed;

    internal DurableProgress Progress { get; }

    public override Task<long> AppendAsync(TranscriptEvent happened, CancellationToken cancellationToken)
    {
        RequireGoesOn(happened);
        return cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<long>(cancellationToken)
            : _writer.AppendAsync(happened, last: false, cancellationToken);
    }

    public override Task WriteAsync(TranscriptEvent happened)
    {
        RequireGoesOn(happened);
        return _writer.WriteAsync(happened);
    }

    public override void Enqueue(TranscriptEvent happened)
    {
        RequireGoesOn(happened);
        _writer.Enqueue(happened);
    }

    public override Task<bool> WaitBeyondAsync(long number, CancellationToken cancellationToken) =>
        Progress.WaitBeyondAsync(number, cancellationToken);

    public override async Task SealAsync(SessionEnded ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        cancellationToken.ThrowIfCancellationRequested();
        if (Interlocked.Exchange(ref _sealing, 1) != 0)
        {
            throw new InvalidOperationException($"The transcript of session {Session} was sealed already.");
        }

        try
        {
            // From here on it is carried through: half a seal helps nobody.
            await _writer.AppendAsync(ended, last: true, CancellationToken.None).ConfigureAwait(false);
            _writer.Complete();
            await _writer.Stopped.ConfigureAwait(false);
            await Task.Run(WriteSeal, CancellationToken.None).ConfigureAwait(false);
            _closed(this);
        }
        finally
        {
            Progress.Close();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _writer.Complete();
        await _writer.Stopped.ConfigureAwait(false);
        Progress.Close();

        // A failed one stays known, so that nobody is shown lines that were written but never acknowledged.
        if (!Failed.IsCompleted)
        {
            _closed(this);
        }
    }

    private static void RequireGoesOn(TranscriptEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (happened is SessionEnded)
        {
            throw new ArgumentException("The end is recorded by sealing.", nameof(happened));
        }
    }

    private void WriteSeal()
    {
        try
        {
            DurablePoint end = Progress.Point;
            TranscriptSeal seal = TranscriptSeal.Sign(Session, end.Count, end.Head, _time.GetUtcNow(), _key);
            SmallFile.Write(StoreFolder.SealPath(_path), seal.ToJson(), SmallFile.OwnerOnly);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            _writer.Fail(cause);
            throw new TranscriptFailedException($"The transcript of session {Session} was closed, but its seal cannot be written: {cause.Message}", cause);
        }
    }
}
