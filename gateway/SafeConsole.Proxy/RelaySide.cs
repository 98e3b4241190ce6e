namespace SafeConsole.Proxy;

/// <summary>Who ended a database connection.</summary>
public enum RelaySide
{
    /// <summary>The REPL: it said goodbye, vanished or broke the protocol.</summary>
    Client,

    /// <summary>The gateway: a limit, a refusal, the session's end.</summary>
    Gateway,

    /// <summary>The replica: it closed, failed or could not be reached.</summary>
    Replica,
}
