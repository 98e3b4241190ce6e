namespace SafeConsole.Agent.Link;

/// <summary>A line of the agent's log, at most 1,000 characters.</summary>
internal sealed record LogFrame(string Text);
