namespace SafeConsole.Agent.Link;

/// <summary>Whether the runner can reach anything but its gateway, and what the agent saw.</summary>
internal sealed record NetworkReport(bool Reachable, string Evidence);
