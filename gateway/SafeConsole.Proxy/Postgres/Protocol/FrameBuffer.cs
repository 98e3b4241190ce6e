using System.Buffers;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// The bytes that arrived on a stream and were not consumed yet, always in one piece. It grows up to a limit and shrinks again,
/// so memory is bounded whatever the peer announces.
/// </summary>
internal sealed class FrameBuffer(Stream stream, int limit) : IDisposable
{
    private const int Usual = 64 * 1024;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Min(Usual, limit));
    private int start;
    private int end;

    /// <summary>The unconsumed bytes.</summary>
    public ReadOnlySpan<byte> Unread => buffer.AsSpan(start, end - start);

    /// <summary>Marks bytes as consumed.</summary>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, end - start);
        start += count;
    }

    /// <summary>Waits for more bytes; false when the peer closed. Throws <see cref="ProtocolFaultException"/> when the limit is full of unconsumed bytes.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        int read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        end += read;
        return read > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] returned = buffer;
        buffer = [];
        start = end = 0;
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned, clearArray: true);
        }
    }

    private void MakeRoom()
    {
        int unread = end - start;
        if (unread == 0 && buffer.Length > Usual * 2)
        {
            Replace(Usual);
        }
        else if (start > 0 && (unread == 0 || end == buffer.Length))
        {
            buffer.AsSpan(start, unread).CopyTo(buffer);
            (start, end) = (0, unread);
        }

        if (end == buffer.Length)
        {
            if (unread >= limit)
            {
                throw new ProtocolFaultException("A message is larger than allowed.");
            }

            Replace(Math.Min(limit, buffer.Length * 2));
        }
    }

    private void Replace(int size)
    {
        byte[] fresh = ArrayPool<byte>.Shared.Rent(size);
        int unread = end - start;
        buffer.AsSpan(start, unread).CopyTo(fresh);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        (buffer, start, end) = (fresh, 0, unread);
    }
}
