namespace SafeConsole.Runners;

/// <summary>
/// What a launcher needs to start a runner: its id, which is the session's where it is started for one (letters, digits and hyphens, at most
/// 64), the ticket with which its agent links, which is the only secret and works once, what it is made like, and where to write what the agent and
/// the engine say about it; nothing of the terminal is written there.
/// </summary>
public sealed record RunnerSpec(string Runner, RunnerTicket Ticket, RunnerShape Shape, RunnerLog Log);
