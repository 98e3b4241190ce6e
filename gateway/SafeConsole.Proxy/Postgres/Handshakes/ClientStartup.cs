using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Handshakes;

/// <summary>What a connection's first packets asked for: a cancel of another connection, or a session with these parameters.</summary>
internal sealed record ClientStartup(BackendKey? Cancel, int Version, IReadOnlyList<KeyValuePair<string, string>> Parameters);
