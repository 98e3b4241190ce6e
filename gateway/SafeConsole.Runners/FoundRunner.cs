namespace SafeConsole.Runners;

/// <summary>A living runner as its engine knows it: the id that the gateway gave it, and the engine's own.</summary>
public sealed record FoundRunner(string Runner, string Id);
