namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>The policies in force, with the source of each target.</summary>
public sealed record PoliciesAnswer(string Revision, DateTimeOffset LoadedAt, PolicyFailureAnswer? Failure, IReadOnlyList<PolicyTargetAnswer> Targets);
