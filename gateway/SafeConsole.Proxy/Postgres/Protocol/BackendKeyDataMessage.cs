namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>BackendKeyData ('K'): the key for cancel requests. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class BackendKeyDataMessage
{
    public static BackendKey Read(ReadOnlySpan<byte> body) => CancelRequest.Read(body);

    public static void Write(MessageWriter to, BackendKey key) =>
        to.Begin(BackendType.BackendKeyData).WriteInt32(key.Process).WriteBytes(Convert.FromHexString(key.Secret)).End();
}
