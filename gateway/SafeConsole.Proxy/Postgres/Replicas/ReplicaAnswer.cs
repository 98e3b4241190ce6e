using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>The replica's answer to one of the gateway's own statements: rows of text, or the error.</summary>
internal sealed record ReplicaAnswer(IReadOnlyList<string?[]> Rows, ErrorMessage? Error);
