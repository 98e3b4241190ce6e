namespace SafeConsole.Gateway.Authentication;

/// <summary>Section `Authorization:Groups`: which group claims make which role. A caller in none of them may sign in and do nothing.</summary>
public sealed class GroupOptions
{
    /// <summary>The claim that carries the groups; `groups` unless configured.</summary>
    public string Claim { get; set; } = "groups";

    /// <summary>Groups whose members are developers.</summary>
    public IList<string> Developer { get; init; } = [];

    /// <summary>Groups whose members are reviewers.</summary>
    public IList<string> Reviewer { get; init; } = [];

    /// <summary>Groups whose members are SREs.</summary>
    public IList<string> Sre { get; init; } = [];

    /// <summary>The groups of one role.</summary>
    public IList<string> Of(Role role) => role switch
    {
        Role.Developer => Developer,
        Role.Reviewer => Reviewer,
        Role.Sre => Sre,
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };
}
