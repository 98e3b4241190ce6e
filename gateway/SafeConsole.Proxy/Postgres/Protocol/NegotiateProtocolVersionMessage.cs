namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// NegotiateProtocolVersion ('v'): the newest version that is spoken, and the `_pq_.` options that were not understood.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html
/// </summary>
internal static class NegotiateProtocolVersionMessage
{
    public static void Write(MessageWriter to, IReadOnlyCollection<string> unknownOptions)
    {
        to.Begin(BackendType.NegotiateProtocolVersion).WriteInt32(StartupPacket.Version3).WriteInt32(unknownOptions.Count);
        foreach (string option in unknownOptions)
        {
            to.WriteText(option);
        }

        to.End();
    }
}
