using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>Who may open the target, by group claim or by `issuer|subject`; and whether a reason is needed, of which form.</summary>
public sealed record AccessPolicy(
    ImmutableArray<string> Groups,
    ImmutableArray<string> Users,
    bool ReasonRequired,
    string? ReasonPattern,
    string? ReasonExample);
