namespace SafeConsole.Agent;

/// <summary>The agent cannot go on. The message is one sentence for the developer who waits for the prompt.</summary>
public sealed class AgentFailedException(string message, Exception? cause = null) : Exception(message, cause);
