namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>
/// FunctionCall ('F'): calls a function by its oid. There is no text to judge, so it is decoded for the refusal and never sent on.
/// https://www.postgresql.org/docs/15/protocol-message-formats.html
/// </summary>
internal static class FunctionCallMessage
{
    /// <summary>The oid of the function that was asked for.</summary>
    public static int ReadFunction(ReadOnlySpan<byte> body) => new MessageReader(body).ReadInt32();
}
