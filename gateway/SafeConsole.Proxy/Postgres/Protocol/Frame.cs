using System.Buffers.Binary;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// The outer form of every message but a connection's first: a type byte, a 32-bit length that counts itself, the body.
/// https://www.postgresql.org/docs/15/protocol-overview.html#PROTOCOL-MESSAGE-CONCEPTS
/// </summary>
internal readonly ref struct Frame
{
    /// <summary>Bytes before the body.</summary>
    public const int HeaderLength = 5;

    // A buffer of PostgreSQL holds less than 1 GiB (MaxAllocSize in utils/memutils.h), to which the length itself comes.
    private const int LongestLength = 0x3ffffffe + 4;

    private Frame(byte type, ReadOnlySpan<byte> body)
    {
        Type = type;
        Body = body;
    }

    public byte Type { get; }

    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Bytes of the whole message.</summary>
    public int Length => HeaderLength + Body.Length;

    /// <summary>Reads type and body length where the header is there. Throws for a length that no message can have.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, out byte type, out int bodyLength)
    {
        type = 0;
        bodyLength = 0;
        if (bytes.Length < HeaderLength)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        if (length < 4)
        {
            throw new ProtocolFaultException("A message says that it is shorter than its own header.");
        }

        if (length > LongestLength)
        {
            throw new ProtocolFaultException("A message says that it is longer than any can be (1 GiB).");
        }

        type = bytes[0];
        bodyLength = length - 4;
        return true;
    }

    /// <summary>Reads a whole message where it is there. One whose body exceeds <paramref name="limit"/> bytes is refused by its header, before any of it is kept.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int limit, out Frame frame)
    {
        frame = default;
        if (!TryReadHeader(bytes, out byte type, out int bodyLength))
        {
            return false;
        }

        if (bodyLength > limit)
        {
            throw new ProtocolFaultException($"A message is larger than the allowed {limit} bytes.");
        }

        if (bytes.Length - HeaderLength < bodyLength)
        {
            return false;
        }

        frame = new Frame(type, bytes.Slice(HeaderLength, bodyLength));
        return true;
    }
}
