using Microsoft.AspNetCore.Authorization;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Decides <see cref="RequirePermissionAttribute"/> for routes, from the caller's groups at the time of the call.</summary>
public sealed class PermissionHandler(CallerReader callers) : AuthorizationHandler<RequirePermissionAttribute>
{
    /// <inheritdoc/>
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RequirePermissionAttribute requirement)
    {
        // A runner's agent has no sign-in: the link routes check ticket or key themselves and exist on the link socket alone.
        if (requirement.Permission is Permission.Anyone or Permission.RunnerLink
            || (callers.Read(context.User) is { } caller && caller.May(requirement.Permission)))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
