using System.Buffers.Binary;

namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// A connection's first packet, which has no type byte: start-up, cancel or a request for encryption.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html
/// </summary>
internal readonly ref struct StartupPacket
{
    /// <summary>The largest first packet that PostgreSQL itself takes (MAX_STARTUP_PACKET_LENGTH).</summary>
    public const int MaximumLength = 10_000;

    /// <summary>CancelRequest's code in place of a version.</summary>
    public const int Cancel = 80877102;

    /// <summary>SSLRequest's code in place of a version.</summary>
    public const int Ssl = 80877103;

    /// <summary>GSSENCRequest's code in place of a version.</summary>
    public const int Gss = 80877104;

    /// <summary>Protocol 3.0, the one that is spoken.</summary>
    public const int Version3 = 0x0003_0000;

    private const byte TlsHandshake = 0x16;

    private StartupPacket(int code, ReadOnlySpan<byte> body)
    {
        Code = code;
        Body = body;
    }

    /// <summary>The protocol version, or one of the request codes.</summary>
    public int Code { get; }

    /// <summary>What follows the code.</summary>
    public ReadOnlySpan<byte> Body { get; }

    /// <summary>Bytes of the whole packet.</summary>
    public int Length => 8 + Body.Length;

    /// <summary>Reads the packet where it is there whole. Throws for a length out of bounds and for TLS that nobody offered.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StartupPacket packet)
    {
        packet = default;
        if (!bytes.IsEmpty && bytes[0] == TlsHandshake)
        {
            throw new ProtocolFaultException("TLS is not offered on this connection.");
        }

        if (bytes.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (length is < 8 or > MaximumLength)
        {
            throw new ProtocolFaultException("The first packet has an impossible length.");
        }

        if (bytes.Length < length)
        {
            return false;
        }

        packet = new StartupPacket(BinaryPrimitives.ReadInt32BigEndian(bytes[4..]), bytes[8..length]);
        return true;
    }
}
