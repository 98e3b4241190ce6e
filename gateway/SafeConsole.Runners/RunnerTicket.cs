namespace SafeConsole.Runners;

/// <summary>A one-time secret that proves which session a runner's agent serves. Prints as `***`.</summary>
public sealed class RunnerTicket
{
    internal RunnerTicket(string secret) => Secret = secret;

    /// <summary>The secret, for the launcher to hand to the agent and for nobody else.</summary>
    public string Secret { get; }

    /// <inheritdoc/>
    public override string ToString() => "***";
}
