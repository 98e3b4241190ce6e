namespace SafeConsole.Runners;

/// <summary>What a launcher needs to start a runner. The ticket is the only secret, and it works once.</summary>
public sealed record RunnerSpec(string Session, RunnerTicket Ticket, RunnerLimits Limits);
