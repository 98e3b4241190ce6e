namespace SafeConsole.Gateway.Authentication;

/// <summary>Which role carries which permission.</summary>
public static class RolePermissions
{
    /// <summary>True when one of the roles carries the permission. <see cref="Permission.Anyone"/> and <see cref="Permission.RunnerLink"/> are not a matter of roles.</summary>
    public static bool Allow(IReadOnlyCollection<Role> roles, Permission permission) => permission switch
    {
        Permission.Anyone or Permission.SignedIn => true,
        Permission.ConsoleOpen => roles.Contains(Role.Developer),
        Permission.ReviewRead => roles.Contains(Role.Reviewer),
        Permission.PolicyRead or Permission.OperationsRead or Permission.SessionEndAny => roles.Contains(Role.Sre),
        Permission.SessionRead => roles.Contains(Role.Developer) || roles.Contains(Role.Reviewer),
        Permission.SessionEnd => roles.Contains(Role.Developer) || roles.Contains(Role.Sre),
        _ => false,
    };

    /// <summary>The permissions of the roles by the names that the web pages and scripts see, such as `review:read`.</summary>
    public static IReadOnlyList<string> Names(IReadOnlyCollection<Role> roles) =>
        [.. Named.Where(pair => Allow(roles, pair.Permission)).Select(pair => pair.Name)];

    private static readonly (Permission Permission, string Name)[] Named =
    [
        (Permission.ConsoleOpen, "console:open"),
        (Permission.ReviewRead, "review:read"),
        (Permission.PolicyRead, "policy:read"),
        (Permission.OperationsRead, "operations:read"),
        (Permission.SessionEndAny, "session:end-any"),
    ];
}
