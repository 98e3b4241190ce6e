using SafeConsole.Policies;

namespace SafeConsole.Gateway.PolicyAdmin;

/// <summary>Says why the newest policy files are not in force.</summary>
public static class PolicyFailures
{
    /// <summary>The failure of the last reload, or null when the newest files are in force.</summary>
    public static PolicyFailureAnswer? Answer(PolicyStore policies) => policies.LastFailure is { } failure
        ? new PolicyFailureAnswer(failure.At, [.. failure.Problems.Select(problem => new PolicyProblemAnswer(problem.File, problem.Line, problem.Column, problem.Message))])
        : null;
}
