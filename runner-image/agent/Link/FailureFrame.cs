namespace SafeConsole.Agent.Link;

/// <summary>Why there is no REPL, in one sentence.</summary>
internal sealed record FailureFrame(string Message);
