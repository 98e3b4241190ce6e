namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>A REPL asked for something at start that it cannot have. The message is one sentence for its user.</summary>
internal sealed class StartupRefusedException(string sqlState, string message) : Exception(message)
{
    public string SqlState => sqlState;
}
