namespace SafeConsole.Policies;

/// <summary>One snapshot took another's place.</summary>
public sealed record PolicyChange(PolicySnapshot Old, PolicySnapshot New);
