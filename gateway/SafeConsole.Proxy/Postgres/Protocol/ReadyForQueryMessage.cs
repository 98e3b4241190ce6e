namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>ReadyForQuery ('Z'): the server waits, idle ('I'), in a transaction ('T') or in a failed one ('E'). https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class ReadyForQueryMessage
{
    public const byte Idle = (byte)'I';
    public const byte InTransaction = (byte)'T';
    public const byte Failed = (byte)'E';

    public static byte Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        byte status = reader.ReadByte();
        reader.End();
        return status is Idle or InTransaction or Failed
            ? status
            : throw new ProtocolFaultException("The server reports an unknown transaction status.");
    }

    public static void Write(MessageWriter to, byte status) => to.Begin(BackendType.ReadyForQuery).WriteByte(status).End();
}
