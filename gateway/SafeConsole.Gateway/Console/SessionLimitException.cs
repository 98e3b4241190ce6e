namespace SafeConsole.Gateway.Console;

/// <summary>There are too many sessions. The message is one sentence with the limit.</summary>
public sealed class SessionLimitException(string message) : Exception(message);
