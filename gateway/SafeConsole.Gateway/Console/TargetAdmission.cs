using SafeConsole.Gateway.Authentication;
using SafeConsole.Policies;

namespace SafeConsole.Gateway.Console;

/// <summary>Whether a policy lets a person open its target, in words where it does not.</summary>
public static class TargetAdmission
{
    /// <summary>Null when the caller may open the target; else one sentence with whom to ask.</summary>
    public static string? WhyNot(TargetPolicy target, Caller caller)
    {
        if (target.Access.Admits(caller.Groups, caller.Person.Issuer, caller.Person.Subject))
            return null;
        return target.Access.Groups.IsEmpty
            ? $"Only people named in its policy may open {target.Name}; ask {target.Owner}."
            : $"Only members of {string.Join(" or ", target.Access.Groups)} may open {target.Name}; ask {target.Owner}.";
    }
}
