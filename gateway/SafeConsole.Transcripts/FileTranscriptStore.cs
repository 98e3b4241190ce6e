using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>
/// Keeps transcripts as files under one folder, by the day of their start. Session ids are lower-case UUIDs. One process at a time writes
/// to a folder; any number may read it, but only the writing one follows live sessions.
/// </summary>
public sealed class FileTranscriptStore : ITranscriptStore, IAsyncDisposable
{
    /// <summary>The <see cref="Window"/> unless another is set.</summary>
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest <see cref="Window"/>.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(10);

    private readonly StoreFolder _folder;
    private readonly TimeProvider _time;
    private readonly TranscriptSigningKey _key;
    private readonly ILogger<FileTranscriptStore> _log;
    private readonly Func<string, IAppendFile> _createFile;
    private readonly ConcurrentDictionary<string, FileTranscript> _live = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();
    private readonly TimeSpan _window = DefaultWindow;

    /// <summary>Opens the folder and makes it (mode 0700) if it is missing. The key stays the caller's to dispose.</summary>
    public FileTranscriptStore(string folder, TimeProvider time, TranscriptSigningKey key, ILogger<FileTranscriptStore> log)
        : this(folder, time, key, log, AppendFile.Create)
    {
    }

    internal FileTranscriptStore(
        string folder, TimeProvider time, TranscriptSigningKey key, ILogger<FileTranscriptStore> log, Func<string, IAppendFile> createFile)
    {
        _folder = new StoreFolder(folder);
        _time = time;
        _key = key;
        _log = log;
        _createFile = createFile;
    }

    /// <summary>
    /// The longest time between an event's <see cref="Transcript.WriteAsync"/> and its sync: what a power cut can take of it. Zero makes each wait for its sync.
    /// Throws where it is negative or longer than <see cref="LongestWindow"/>.
    /// </summary>
    public TimeSpan Window
    {
        get => _window;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, LongestWindow);
            _window = value;
        }
    }

    /// <inheritdoc/>
    public Task<Transcript> CreateAsync(string session, CancellationToken cancellationToken)
    {
        if (!SessionId.IsValid(session))
        {
            throw new ArgumentException("A session's id is a lower-case UUID.", nameof(session));
        }

        return Task.Run<Transcript>(() => Create(session), cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TranscriptLine> ReadAsync(
        string session, long fromNumber, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(fromNumber, 1);
        DurableProgress? live = _live.TryGetValue(session, out FileTranscript? transcript) ? transcript.Progress : null;
        using SafeFileHandle file = StoreFolder.OpenForReading(PathOf(session));
        if (live is not null && follow)
        {
            await live.WaitBeyondAsync(fromNumber - 1, cancellationToken).ConfigureAwait(false);
        }

        var reader = new TranscriptReader(file, live?.Point.Length ?? RandomAccess.GetLength(file), fromNumber);
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } lines)
            {
                foreach (TranscriptLine line in lines)
                {
                    yield return line;
                }
            }
        }
        while (live is not null && follow && await reader.FollowAsync(live, cancellationToken).ConfigureAwait(false));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TranscriptListing> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (string day in _folder.Days())
        {
            cancellationToken.ThrowIfCancellationRequested();
            List<TranscriptListing> listings = await Task.Run(() => StoreListing.Of(day), cancellationToken).ConfigureAwait(false);
            foreach (TranscriptListing listing in listings)
            {
                yield return listing;
            }
        }
    }

    /// <inheritdoc/>
    public Task<TranscriptVerification> VerifyAsync(string session, CancellationToken cancellationToken)
    {
        DurableProgress? live = _live.TryGetValue(session, out FileTranscript? transcript) ? transcript.Progress : null;
        return new TranscriptVerifier(session, PathOf(session), _key).VerifyAsync(live?.Point, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> CloseInterruptedAsync(CancellationToken cancellationToken)
    {
        TakeLock();
        var closing = new InterruptedTranscripts(_time, _key, _log);
        var closed = new List<string>();
        foreach ((string session, string path) in _folder.Days().SelectMany(StoreFolder.SessionsIn))
        {
            if (!_live.ContainsKey(session)
                && !File.Exists(StoreFolder.SealPath(path))
                && await closing.TryCloseAsync(session, path, cancellationToken).ConfigureAwait(false))
            {
                closed.Add(session);
            }
        }

        return closed;
    }

    /// <summary>Stops the writers of sessions that are still live, without sealing them, and lets another process write here.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (FileTranscript transcript in _live.Values)
        {
            await transcript.DisposeAsync().ConfigureAwait(false);
        }

        _folder.Dispose();
    }

    private FileTranscript Create(string session)
    {
        lock (_creating)
        {
            TakeLock();
            if (_folder.Find(session) is not null)
            {
                throw new TranscriptFailedException($"Session {session} has a transcript already.", null);
            }

            try
            {
                string path = _folder.PathForNew(session, _time.GetUtcNow());
                var transcript = new FileTranscript(session, path, _createFile(path), _window, _time, _key, Forget);
                _live[session] = transcript;
                return transcript;
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new TranscriptFailedException($"The transcript of session {session} cannot be started: {cause.Message}", cause);
            }
        }
    }

    private void TakeLock()
    {
        try
        {
            _folder.TakeLock();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new TranscriptFailedException($"This process cannot write to the transcripts folder: {cause.Message}", cause);
        }
    }

    private string PathOf(string session) =>
        _folder.Find(session) ?? throw new KeyNotFoundException("There is no transcript of that session.");

    private void Forget(FileTranscript transcript) => _live.TryRemove(transcript.Session, out _);
}
