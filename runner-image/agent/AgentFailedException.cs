namespace SafeConsole.Agent;

/// <summary>The agent cannot go on. The message is one sentence for the developer who waits for the prompt.</summary>
public sealed class AgentFailedException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>
    /// The agent's exit code, of sysexits.h: all that a launcher learns that cannot read what the agent writes. 70 is EX_SOFTWARE.
    /// </summary>
    public int ExitCode { get; init; } = 70;
}
