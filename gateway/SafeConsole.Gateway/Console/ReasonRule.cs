using SafeConsole.Policies;

namespace SafeConsole.Gateway.Console;

/// <summary>Checks the reason that a developer gives against the policy.</summary>
public static class ReasonRule
{
    /// <summary>The longest reason, in characters.</summary>
    public const int Longest = 500;

    /// <summary>Null when the reason will do; else one sentence that says what is wanted.</summary>
    public static string? Problem(AccessPolicy access, string? reason)
    {
        var example = access.ReasonExample is { } text ? $", such as `{text}`" : "";
        if (string.IsNullOrWhiteSpace(reason))
            return access.ReasonRequired ? $"This target asks for a reason{example}." : null;
        if (reason.Length > Longest || reason.Any(char.IsControl))
            return $"A reason is one line of at most {Longest} characters.";
        return access.AcceptsReason(reason) ? null : $"The reason is not of the form that this target asks for{example}.";
    }
}
