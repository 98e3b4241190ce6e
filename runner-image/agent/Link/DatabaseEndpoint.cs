namespace SafeConsole.Agent.Link;

/// <summary>Where the REPL finds its database: a port on 127.0.0.1 and the folder of the Unix socket `.s.PGSQL.PORT`.</summary>
internal sealed record DatabaseEndpoint(int Port, string SocketDirectory);
