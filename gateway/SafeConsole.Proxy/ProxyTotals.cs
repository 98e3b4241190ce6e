namespace SafeConsole.Proxy;

/// <summary>What a session's statements came to so far. Rows and bytes are those of results that were passed on.</summary>
public sealed record ProxyTotals(int Statements, int Denied, int Flagged, long Rows, long Bytes);
