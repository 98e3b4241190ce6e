namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>The replica could not be reached, refused the log-in or closed. The message is one sentence for the developer; SqlState is the server's, where it gave one.</summary>
public sealed class ReplicaFailedException(string message, string? sqlState = null, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The server's SQLSTATE, or 08006 (connection failure).</summary>
    public string SqlState { get; } = sqlState ?? "08006";
}
