using Microsoft.AspNetCore.Authorization;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Says who may call a route or a hub method. The one mechanism for both; without it a route or method is refused to everybody.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission) : Attribute, IAuthorizationRequirementData, IAuthorizationRequirement
{
    /// <summary>What the caller needs.</summary>
    public Permission Permission { get; } = permission;

    /// <inheritdoc/>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [this];
}
