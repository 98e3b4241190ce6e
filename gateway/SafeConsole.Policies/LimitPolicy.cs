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
    long Transcript)
{
    /// <summary>How many processors the runner may keep busy; 0.5 is half a one.</summary>
    public double Processors { get; init; } = 1;

    /// <summary>From so many busy processors on a runner that nobody is attached to counts as a runaway.</summary>
    public double RunawayProcessors { get; init; } = 0.5;

    /// <summary>A runaway is ended after so long.</summary>
    public TimeSpan RunawayAfter { get; init; } = TimeSpan.FromMinutes(5);
}
