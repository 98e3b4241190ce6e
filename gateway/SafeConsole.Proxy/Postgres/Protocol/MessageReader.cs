using System.Buffers.Binary;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// Reads the fields of one message body. Every read is checked against what is left, so a lying length is a
/// <see cref="ProtocolFaultException"/> and never a read beyond the frame.
/// Field types: https://www.postgresql.org/docs/15/protocol-message-types.html
/// </summary>
internal ref struct MessageReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> rest = body;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;

    public byte ReadByte() => ReadBytes(1)[0];

    public short ReadInt16() => BinaryPrimitives.ReadInt16BigEndian(ReadBytes(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32BigEndian(ReadBytes(4));

    /// <summary>A count of things that take at least <paramref name="least"/> bytes each; one that cannot fit is refused before anything is allocated for it.</summary>
    public int ReadCount16(int least)
    {
        int count = (ushort)ReadInt16();
        if ((long)count * least > rest.Length)
        {
            throw new ProtocolFaultException("A message announces more items than it holds.");
        }

        return count;
    }

    /// <summary>Text up to its zero byte, without it.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        int end = rest.IndexOf((byte)0);
        if (end < 0)
        {
            throw new ProtocolFaultException("A text in a message has no end.");
        }

        ReadOnlySpan<byte> text = rest[..end];
        rest = rest[(end + 1)..];
        return text;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || count > rest.Length)
        {
            throw new ProtocolFaultException("A message is shorter than it says.");
        }

        ReadOnlySpan<byte> bytes = rest[..count];
        rest = rest[count..];
        return bytes;
    }

    /// <summary>Asserts that the whole body was understood.</summary>
    public readonly void End()
    {
        if (!rest.IsEmpty)
        {
            throw new ProtocolFaultException("A message is longer than its contents.");
        }
    }
}
