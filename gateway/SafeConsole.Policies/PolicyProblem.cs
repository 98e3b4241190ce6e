namespace SafeConsole.Policies;

/// <summary>Something wrong in a policy file: where (path relative to the policy folder, line and column from 1), and what was meant.</summary>
public sealed record PolicyProblem(string File, int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
