namespace SafeConsole.Runners;

/// <summary>A runner's agent sent what the link protocol does not allow. Ends that runner; the message is one sentence.</summary>
public sealed class RunnerLinkException(string message, Exception? cause = null) : Exception(message, cause);
