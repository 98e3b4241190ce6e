namespace SafeConsole.Gateway.Authentication;

/// <summary>Lets a mapped route name its permission.</summary>
public static class PermissionConventions
{
    /// <summary>Adds <see cref="RequirePermissionAttribute"/> to the route.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RequirePermissionAttribute(permission));
}
