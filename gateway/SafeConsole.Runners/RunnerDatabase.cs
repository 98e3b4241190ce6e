namespace SafeConsole.Runners;

/// <summary>Where the REPL finds its database in the runner: a port on 127.0.0.1, and the folder of the Unix socket `.s.PGSQL.PORT`.</summary>
public sealed record RunnerDatabase(int Port, string SocketDirectory)
{
    /// <summary>Port 5432 and `/run/postgresql`, where every PostgreSQL client looks.</summary>
    public static RunnerDatabase Postgres { get; } = new(5432, "/run/postgresql");
}
