namespace SafeConsole.Proxy;

/// <summary>How far a database connection had come when it ended.</summary>
public enum RelayStage
{
    /// <summary>The REPL's first packets.</summary>
    Startup,

    /// <summary>Reaching the replica and logging in.</summary>
    Connecting,

    /// <summary>The pin proof.</summary>
    Proving,

    /// <summary>Passing statements and results.</summary>
    Relaying,

    /// <summary>It was a cancel request, which is a connection of its own.</summary>
    Cancelling,
}
