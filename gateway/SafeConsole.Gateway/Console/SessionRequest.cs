using SafeConsole.Gateway.Authentication;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Console;

/// <summary>A checked request to open a session. Size in character cells.</summary>
public sealed record SessionRequest(
    Caller Owner,
    TargetPolicy Target,
    ReplOption Option,
    string? Reason,
    string PolicyRevision,
    int Columns,
    int Rows);
