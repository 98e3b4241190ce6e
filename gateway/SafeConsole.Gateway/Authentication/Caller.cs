using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Authentication;

/// <summary>The signed-in caller of a request. Two callers are the same exactly when issuer and subject are; the name is for display.</summary>
public sealed record Caller(Person Person, IReadOnlyList<string> Groups, IReadOnlyList<Role> Roles)
{
    /// <summary>The caller's key: issuer and subject, as SignalR's user id and as owner of sessions.</summary>
    public string Key => KeyOf(Person);

    /// <summary>True when one of the caller's roles carries the permission.</summary>
    public bool May(Permission permission) => RolePermissions.Allow(Roles, permission);

    /// <summary>True when this caller is that person.</summary>
    public bool Is(Person person) => Key == KeyOf(person);

    /// <summary>The key of a person. A subject cannot imitate another issuer: an issuer is a URI and holds no `|`.</summary>
    public static string KeyOf(Person person) => $"{person.Issuer}|{person.Subject}";
}
