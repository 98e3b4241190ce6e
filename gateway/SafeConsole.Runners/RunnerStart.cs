namespace SafeConsole.Runners;

/// <summary>
/// The order to start the REPL, sent after the pin proof. The environment is the REPL's whole environment; size in characters; the key
/// opens database connections for this session and is never shown to the REPL. Without a database nothing listens in the runner.
/// </summary>
public sealed record RunnerStart(
    string Session,
    IReadOnlyList<string> Command,
    IReadOnlyDictionary<string, string> Environment,
    int Columns,
    int Rows,
    string Key,
    RunnerDatabase? Database)
{
    /// <summary>True where only the agent can tell what the runner uses and what is in its log: it then sends both by the link.</summary>
    public bool Report { get; init; }

    /// <summary>Names the session and command only: the key is a secret, and an environment may hold what is not for logs.</summary>
    public override string ToString() => $"RunnerStart {{ Session = {Session}, Command = {string.Join(' ', Command)}, Key = *** }}";
}
