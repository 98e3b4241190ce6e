using SafeConsole.Gateway.PolicyAdmin;

namespace SafeConsole.Gateway.Operations;

/// <summary>Which policies are in force, and whether they are the newest. The failure's details are for SREs.</summary>
public sealed record PolicyHealth(string Revision, DateTimeOffset LoadedAt, bool NewestInForce, PolicyFailureAnswer? Failure);
