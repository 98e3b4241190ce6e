namespace SafeConsole.Gateway.Console;

/// <summary>The id of a session that was opened; its launch is seen by following it.</summary>
public sealed record OpenedSession(string Id);
