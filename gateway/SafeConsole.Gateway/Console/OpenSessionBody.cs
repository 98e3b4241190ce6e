namespace SafeConsole.Gateway.Console;

/// <summary>A request to open a session. The option defaults to the policy's first, the size to 80 × 24 cells.</summary>
public sealed record OpenSessionBody(string? Target, string? Option, string? Reason, int? Columns, int? Rows);
