using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Writes messages one behind the other into one growing buffer, to be sent with a single write. Not thread-safe.</summary>
internal sealed class MessageWriter : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
    private int frame = -1;

    /// <summary>How many bytes wait to be sent.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes that wait to be sent; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => buffer.AsMemory(0, Length);

    /// <summary>Starts a message of a type; <see cref="End"/> fills in its length.</summary>
    public MessageWriter Begin(byte type)
    {
        WriteByte(type);
        return Begin();
    }

    /// <summary>Starts a message without a type byte: the first packet of a connection.</summary>
    public MessageWriter Begin()
    {
        frame = Length;
        return WriteInt32(0);
    }

    /// <summary>Completes the message that was begun.</summary>
    public void End()
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(frame), Length - frame);
        frame = -1;
    }

    public MessageWriter WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        return this;
    }

    public MessageWriter WriteInt16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(Reserve(2), value);
        return this;
    }

    public MessageWriter WriteInt32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Reserve(4), value);
        return this;
    }

    public MessageWriter WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        return this;
    }

    /// <summary>Writes text and its closing zero byte. Text that holds a zero byte itself would be read as two: refused.</summary>
    public MessageWriter WriteText(ReadOnlySpan<byte> text)
    {
        if (text.Contains((byte)0))
        {
            throw new ArgumentException("A text for the wire must not contain a zero byte.", nameof(text));
        }

        return WriteBytes(text).WriteByte(0);
    }

    /// <inheritdoc cref="WriteText(ReadOnlySpan{byte})"/>
    public MessageWriter WriteText(string text)
    {
        int start = Length;
        Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetByteCount(text)));
        if (buffer.AsSpan(start, Length - start).Contains((byte)0))
        {
            throw new ArgumentException("A text for the wire must not contain a zero byte.", nameof(text));
        }

        return WriteByte(0);
    }

    /// <summary>Forgets what was written, after it was sent. A buffer that one large message made large is given back.</summary>
    public void Clear()
    {
        Length = 0;
        if (buffer.Length > 256 * 1024)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffer = ArrayPool<byte>.Shared.Rent(8 * 1024);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        byte[] returned = buffer;
        buffer = [];
        Length = 0;
        if (returned.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(returned, clearArray: true);
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (buffer.Length - Length < count)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + count), buffer.Length * 2));
            buffer.AsSpan(0, Length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            buffer = larger;
        }

        Span<byte> reserved = buffer.AsSpan(Length, count);
        Length += count;
        return reserved;
    }
}
