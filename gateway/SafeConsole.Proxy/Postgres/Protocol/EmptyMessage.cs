namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>Sync ('S'), Flush ('H') and Terminate ('X'): messages that are nothing but their type. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class EmptyMessage
{
    public static void Read(ReadOnlySpan<byte> body) => new MessageReader(body).End();

    public static void Write(MessageWriter to, byte type) => to.Begin(type).End();
}
