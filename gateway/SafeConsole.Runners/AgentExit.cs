namespace SafeConsole.Runners;

/// <summary>The agent's exit codes, of sysexits.h. With each of these three it writes why, in a sentence, as the last thing before it ends.</summary>
internal static class AgentExit
{
    /// <summary>The link broke, or the gateway could not be reached.</summary>
    public const int LinkLost = 69;

    /// <summary>The agent could not go on.</summary>
    public const int Failed = 70;

    /// <summary>The gateway did not accept the ticket.</summary>
    public const int TicketRefused = 77;

    /// <summary>
    /// The agent's newest line of a failure, where the code says that it ended by one; null for every other end, for the line is then of something that
    /// it got over. Lines of information may follow the sentence: the REPL's end, which the agent's own end brings.
    /// </summary>
    public static string? Reason(int? code, string? lastFailure) => code is LinkLost or Failed or TicketRefused ? lastFailure : null;
}
