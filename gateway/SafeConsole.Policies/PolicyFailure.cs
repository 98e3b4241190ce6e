using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>Why the newest content of the policy folder is not in force. The snapshot before it is.</summary>
public sealed record PolicyFailure(DateTimeOffset At, string Revision, ImmutableArray<PolicyProblem> Problems);
