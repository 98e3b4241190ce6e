namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>CancelRequest: process and secret of the connection whose query is to be cancelled. https://www.postgresql.org/docs/15/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS</summary>
internal static class CancelRequest
{
    public static BackendKey Read(ReadOnlySpan<byte> body)
    {
        var reader = new MessageReader(body);
        int process = reader.ReadInt32();
        return new BackendKey(process, Convert.ToHexString(reader.ReadBytes(KeyLength(reader.Rest.Length))));
    }

    public static void Write(MessageWriter to, BackendKey key) =>
        to.Begin().WriteInt32(StartupPacket.Cancel).WriteInt32(key.Process).WriteBytes(Convert.FromHexString(key.Secret)).End();

    private static int KeyLength(int length) => length is >= 4 and <= 256
        ? length
        : throw new ProtocolFaultException("A cancel request has a key of an impossible length.");
}
