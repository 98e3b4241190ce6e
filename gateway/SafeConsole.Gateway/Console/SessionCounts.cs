namespace SafeConsole.Gateway.Console;

/// <summary>What lists show of a session. Failed ones were passed on and answered with an error; denied ones were not passed on.</summary>
public readonly record struct SessionCounts(long Statements, long Denied, long Flagged, long Failed, long Rows);
