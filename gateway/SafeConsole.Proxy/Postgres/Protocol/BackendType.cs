namespace SafeConsole.Proxy.Postgres.Protocol;

/// <summary>The type bytes of the messages that a server sends. https://www.postgresql.org/docs/15/protocol-message-formats.html</summary>
internal static class BackendType
{
    public const byte Authentication = (byte)'R';
    public const byte BackendKeyData = (byte)'K';
    public const byte BindComplete = (byte)'2';
    public const byte CloseComplete = (byte)'3';
    public const byte CommandComplete = (byte)'C';
    public const byte CopyData = (byte)'d';
    public const byte CopyDone = (byte)'c';
    public const byte CopyOut = (byte)'H';
    public const byte DataRow = (byte)'D';
    public const byte EmptyQuery = (byte)'I';
    public const byte Error = (byte)'E';
    public const byte NegotiateProtocolVersion = (byte)'v';
    public const byte NoData = (byte)'n';
    public const byte Notice = (byte)'N';
    public const byte ParameterDescription = (byte)'t';
    public const byte ParameterStatus = (byte)'S';
    public const byte ParseComplete = (byte)'1';
    public const byte PortalSuspended = (byte)'s';
    public const byte ReadyForQuery = (byte)'Z';
    public const byte RowDescription = (byte)'T';
}
