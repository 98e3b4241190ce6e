using Microsoft.Win32.SafeHandles;

namespace SafeConsole.Transcripts.Storage;

/// <summary>Reads whole lines forward from an offset where a line begins. Holds one chunk, or one line where that is longer.</summary>
internal sealed class LineReader(SafeFileHandle file, long offset)
{
    private const int ChunkBytes = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _lines = [];
    private ReadOnlyMemory<byte> _rest;
    private long _position = offset;

    /// <summary>Bytes read that belong to a line whose newline was not seen.</summary>
    public int UnfinishedBytes => _rest.Length;

    /// <summary>
    /// The next lines that end before the limit, without their newlines; none when there are no more. The list is reused by the next
    /// call, the lines stay. Throws <see cref="InvalidDataException"/> if the file is shorter than the limit or a line too long.
    /// </summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long limit, CancellationToken cancellationToken)
    {
        _lines.Clear();
        while (_lines.Count == 0 && _position < limit)
        {
            if (_rest.Length > TranscriptFormat.MaximumLineBytes)
            {
                throw new InvalidDataException($"A line is longer than {TranscriptFormat.MaximumLineBytes} bytes.");
            }

            // As much again as is already there: a long line costs no more than twice its length.
            int wanted = (int)Math.Min(limit - _position, Math.Max(ChunkBytes, _rest.Length));
            byte[] chunk = new byte[_rest.Length + wanted];
            _rest.CopyTo(chunk);
            int read = await RandomAccess.ReadAsync(file, chunk.AsMemory(_rest.Length), _position, cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw new InvalidDataException($"The file ends at byte {_position}, where {limit} were recorded.");
            }

            int searched = _rest.Length;
            _position += read;
            Split(chunk.AsMemory(0, searched + read), searched);
        }

        return _lines;
    }

    private void Split(ReadOnlyMemory<byte> bytes, int searched)
    {
        int newline;
        while ((newline = bytes.Span[searched..].IndexOf((byte)'\n')) >= 0)
        {
            _lines.Add(bytes[..(searched + newline)]);
            bytes = bytes[(searched + newline + 1)..];
            searched = 0;
        }

        _rest = bytes;
    }
}
