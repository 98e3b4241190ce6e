namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>Which message of the client an answer of the server belongs to.</summary>
internal enum ReplyKind : byte
{
    Query,
    Parse,
    Bind,
    DescribeStatement,
    DescribePortal,
    Execute,
    Close,
    Sync,
}
