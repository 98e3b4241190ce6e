namespace SafeConsole.Agent.Link;

/// <summary>The agent's first message.</summary>
internal sealed record HelloFrame(int Version, string Agent, NetworkReport Network);
