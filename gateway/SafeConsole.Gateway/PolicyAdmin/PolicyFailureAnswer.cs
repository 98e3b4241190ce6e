namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>Why the newest policy files are not in force.</summary>
public sealed record PolicyFailureAnswer(DateTimeOffset At, IReadOnlyList<PolicyProblemAnswer> Problems);
