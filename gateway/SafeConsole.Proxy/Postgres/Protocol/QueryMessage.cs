namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Query ('Q'): text to run by the simple protocol. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal readonly ref struct QueryMessage
{
    private QueryMessage(ReadOnlySpan<byte> sql) => Sql = sql;

    public ReadOnlySpan<byte> Sql { get; }

    public static QueryMessage Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        var message = new QueryMessage(reader.ReadText());
        reader.End();
        return message;
    }

    public static void Write(MessageWriter to, string sql) => to.Begin(FrontendType.Query).WriteText(sql).End();
}
