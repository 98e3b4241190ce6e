using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Tests.Fuzzing;

/// <summary>
/// A client's end of a connection in memory. It gives its input in pieces, keeps what is written to it, and closes when a marker has come back and the server is ready again, when <see cref="Close"/> is
/// called, or when nothing more came for a while after all input was read.
/// </summary>
internal sealed class ScriptedClient(byte[] input, Func<int> piece, byte[]? marker = null, TimeSpan? patience = null) : Stream
{
    private static readonly byte[] Ready = [(byte)'Z', 0, 0, 0, 5];
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MemoryStream output = new();
    private int given;

    public byte[] Output
    {
        get
        {
            lock (output)
            {
                return output.ToArray();
            }
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Close() => closed.TrySetResult();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count = Math.Min(Math.Min(buffer.Length, input.Length - given), Math.Max(1, piece()));
        if (count > 0)
        {
            input.AsSpan(given, count).CopyTo(buffer.Span);
            given += count;
            return count;
        }

        if (patience is { } time)
        {
            await Task.WhenAny(closed.Task, Task.Delay(time, cancellationToken)).ConfigureAwait(false);
        }
        else
        {
            await closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return 0;
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        lock (output)
        {
            output.Write(buffer.Span);
            ReadOnlySpan<byte> all = output.GetBuffer().AsSpan(0, (int)output.Length);
            if (marker is not null && all.LastIndexOf(marker) >= 0 && all.Length > 6 && all[^6..^1].SequenceEqual(Ready))
            {
                closed.TrySetResult();
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>The messages that came, as their letters; behind the single N for each request for encryption. Throws where they are no messages; the last may be cut when allowed.</summary>
    public string Letters(bool mayBeCut)
    {
        ReadOnlySpan<byte> rest = Output;
        var letters = new System.Text.StringBuilder();
        while (!rest.IsEmpty)
        {
            if (rest[0] == (byte)'N' && letters.Length < 2 && (rest.Length == 1 || rest[1] != 0))
            {
                letters.Append('n');
                rest = rest[1..];
                continue;
            }

            if (!Frame.TryRead(rest, int.MaxValue - 8, out Frame frame))
            {
                return mayBeCut ? letters.Append('~').ToString() : throw new InvalidOperationException($"The client got a torn message after {letters}.");
            }

            letters.Append((char)frame.Type);
            rest = rest[frame.Length..];
        }

        return letters.ToString();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
