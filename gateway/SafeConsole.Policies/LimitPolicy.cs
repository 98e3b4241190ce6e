namespace SafeConsole.Policies;

/// <summary>The limits of a session on a target. Sizes are in bytes.</summary>
public sealed record LimitPolicy(
    TimeSpan StatementTimeout,
    TimeSpan LockTimeout,
    TimeSpan IdleInTransaction,
    long RowsPerStatement,
    long BytesPerStatement,
    int Connections,
    int PreparedStatements,
    int Cursors,
    int StatementLength,
    TimeSpan SessionLength,
    TimeSpan Idle,
    long Memory,
    int Processes,
    long Disk,
    long Transcript);
