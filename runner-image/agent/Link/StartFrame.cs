namespace SafeConsole.Agent.Link;

/// <summary>The gateway's order to start the REPL. The key opens database connections for this session. With Report the agent sends usage and log lines by the link.</summary>
internal sealed record StartFrame(
    string Session,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    int Columns,
    int Rows,
    string Key,
    DatabaseEndpoint? Database,
    bool Report);
