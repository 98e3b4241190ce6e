namespace SafeConsole.Proxy.Postgres.Relaying;

/// <summary>
/// What a message does to the names of a connection once the server confirms it. Exactly one of the values is set for a name that is
/// given; neither for one that is taken away; a null name takes all away.
/// </summary>
internal sealed record NameChange(bool OfPortal, string? Name, GatedStatement? Statement = null, StatementRun? Portal = null);
