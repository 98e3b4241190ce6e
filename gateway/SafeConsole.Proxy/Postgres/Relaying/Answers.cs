using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>Which messages may answer which: https://www.postgresql.org/docs/15/protocol-flow.html. COPY IN and COPY BOTH answer none, because nothing that starts them is sent.</summary>
internal static class Answers
{
    public static bool Fits(ReplyKind kind, byte type) => kind switch
    {
        ReplyKind.Query => IsResult(type) || type is BackendType.RowDescription or BackendType.ReadyForQuery,
        ReplyKind.Execute => IsResult(type) || type == BackendType.PortalSuspended,
        ReplyKind.Parse => type is BackendType.ParseComplete or BackendType.Error,
        ReplyKind.Bind => type is BackendType.BindComplete or BackendType.Error,
        ReplyKind.Close => type is BackendType.CloseComplete or BackendType.Error,
        ReplyKind.DescribeStatement => type is BackendType.ParameterDescription or BackendType.RowDescription or BackendType.NoData or BackendType.Error,
        ReplyKind.DescribePortal => type is BackendType.RowDescription or BackendType.NoData or BackendType.Error,
        ReplyKind.Sync => type is BackendType.ReadyForQuery or BackendType.Error,
        _ => false,
    };

    private static bool IsResult(byte type) => type is BackendType.DataRow or BackendType.CommandComplete or BackendType.EmptyQuery
        or BackendType.CopyOut or BackendType.CopyData or BackendType.CopyDone or BackendType.Error;
}
