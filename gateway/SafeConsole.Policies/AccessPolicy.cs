using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace SafeConsole.Policies;

/// <summary>Who may open the target, by group claim or by `issuer|subject`; and whether a reason is needed, of which form.</summary>
public sealed record AccessPolicy(
    ImmutableArray<string> Groups,
    ImmutableArray<string> Users,
    bool ReasonRequired,
    string? ReasonPattern,
    string? ReasonExample)
{
    /// <summary>Whether a person may open the target: one of their groups is listed, or they are. Compared exactly, by character.</summary>
    public bool Admits(IReadOnlyCollection<string> groups, string issuer, string subject)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return Groups.Any(groups.Contains) || Users.Contains($"{issuer}|{subject}", StringComparer.Ordinal);
    }

    /// <summary>Whether the reason will do: present where one is required, and of the pattern's form where there is one. Takes time linear in its length.</summary>
    public bool AcceptsReason(string? reason) => string.IsNullOrWhiteSpace(reason)
        ? !ReasonRequired
        : ReasonPattern is null || Regex.IsMatch(reason, ReasonPattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
