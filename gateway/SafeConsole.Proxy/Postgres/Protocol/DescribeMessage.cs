namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Describe ('D') and Close ('C'), which have one form: what kind of name, and the name. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal readonly ref struct DescribeMessage
{
    /// <summary>The kind byte of a prepared statement.</summary>
    public const byte Statement = (byte)'S';

    /// <summary>The kind byte of a portal.</summary>
    public const byte Portal = (byte)'P';

    private DescribeMessage(byte kind, ReadOnlySpan<byte> name)
    {
        Kind = kind;
        Name = name;
    }

    public byte Kind { get; }

    public ReadOnlySpan<byte> Name { get; }

    public static DescribeMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        byte kind = reader.ReadByte();
        if (kind is not (Statement or Portal))
        {
            throw new ProtocolFaultException("A Describe or Close message names neither a statement nor a portal.");
        }

        var message = new DescribeMessage(kind, reader.ReadText());
        reader.End();
        return message;
    }

    /// <summary>Writes the message again, as Describe or as Close.</summary>
    public void Write(MessageWriter to, byte type) => to.Begin(type).WriteByte(Kind).WriteText(Name).End();
}
