using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>The policy folder cannot be used; carries every problem in it. Fatal at start.</summary>
public sealed class PolicyInvalidException(ImmutableArray<PolicyProblem> problems)
    : Exception($"The policies are not valid.{Environment.NewLine}{string.Join(Environment.NewLine, problems)}")
{
    /// <summary>All problems, by file and line.</summary>
    public ImmutableArray<PolicyProblem> Problems { get; } = problems;
}
