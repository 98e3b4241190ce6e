namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>A server process by its number and the time it was started (seconds since 1970, in PostgreSQL's text), for numbers are used again.</summary>
internal sealed record ServerProcess(int Id, string Started);
