namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Parse ('P'): prepares a statement under a name, the empty one included. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal readonly ref struct ParseMessage
{
    private ParseMessage(ReadOnlySpan<byte> name, ReadOnlySpan<byte> sql, ReadOnlySpan<byte> parameterTypes)
    {
        Name = name;
        Sql = sql;
        ParameterTypes = parameterTypes;
    }

    public ReadOnlySpan<byte> Name { get; }

    public ReadOnlySpan<byte> Sql { get; }

    /// <summary>Type oids, 4 bytes each in network order; 0 leaves a type to the server.</summary>
    public ReadOnlySpan<byte> ParameterTypes { get; }

    public static ParseMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        ReadOnlySpan<byte> name = reader.ReadText();
        ReadOnlySpan<byte> sql = reader.ReadText();
        ReadOnlySpan<byte> types = reader.ReadBytes(reader.ReadCount16(4) * 4);
        reader.End();
        return new ParseMessage(name, sql, types);
    }

    public static void Write(MessageWriter to, ReadOnlySpan<byte> name, string sql, ReadOnlySpan<byte> parameterTypes) =>
        to.Begin(FrontendType.Parse).WriteText(name).WriteText(sql)
            .WriteInt16((short)(parameterTypes.Length / 4)).WriteBytes(parameterTypes).End();
}
