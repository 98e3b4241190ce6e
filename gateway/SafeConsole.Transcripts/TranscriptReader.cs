using Microsoft.Win32.SafeHandles;
using SafeConsole.Transcripts.Storage;

namespace SafeConsole.Transcripts;

/// <summary>
/// One reader's place in a transcript. It reads up to the durable end and never beyond, whatever else is in the file; its memory is a chunk or the
/// longest line, however long the transcript.
/// </summary>
internal sealed class TranscriptReader(SafeFileHandle file, long limit, long fromNumber)
{
    private readonly LineReader _lines = new(file, LineSearch.OffsetBefore(file, limit, fromNumber));
    private readonly List<TranscriptLine> _batch = [];
    private long _limit = limit;
    private long _last;
    private bool _arrived = fromNumber == 1;

    /// <summary>The next lines, none at the end. The list is reused by the next call. Throws <see cref="InvalidDataException"/> for a file that was cut short.</summary>
    public async ValueTask<IReadOnlyList<TranscriptLine>> ReadAsync(CancellationToken cancellationToken)
    {
        _batch.Clear();
        while (_batch.Count == 0 && await _lines.ReadAsync(_limit, cancellationToken).ConfigureAwait(false) is { Count: > 0 } lines)
        {
            foreach (ReadOnlyMemory<byte> line in lines)
            {
                Take(line);
            }
        }

        return _batch;
    }

    /// <summary>Waits until there is more to read; false when the transcript was closed and everything was read.</summary>
    public async Task<bool> FollowAsync(DurableProgress live, CancellationToken cancellationToken)
    {
        bool more = await live.WaitBeyondAsync(_last, cancellationToken).ConfigureAwait(false);
        _limit = live.Point.Length;
        return more;
    }

    private void Take(ReadOnlyMemory<byte> line)
    {
        // In a damaged file a line may have lost its number; it is shown all the same, counted on.
        _last = TranscriptFormat.TryReadNumber(line.Span, out long number, out _) ? number : _last + 1;
        _arrived |= _last >= fromNumber;
        if (_arrived)
        {
            _batch.Add(new TranscriptLine(_last, line));
        }
    }
}
