namespace SafeConsole.Policies;

/// <summary>Which checks of the pin proof must pass. A waived one is still made and shown.</summary>
public sealed record ProofPolicy(bool StandbyRequired, bool HarmlessRoleRequired, TimeSpan MaximumLag);
