using System.Reflection;
using Microsoft.AspNetCore.SignalR;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Console;

/// <summary>Decides <see cref="RequirePermissionAttribute"/> for hub methods, at every call. A method that names no permission is refused.</summary>
public sealed class HubPermissionFilter(CallerReader callers) : IHubFilter
{
    /// <inheritdoc/>
    public ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var needed = invocationContext.HubMethod.GetCustomAttribute<RequirePermissionAttribute>()?.Permission;
        return needed is { } permission && callers.Read(invocationContext.Context.User) is { } caller && caller.May(permission)
            ? next(invocationContext)
            : throw new HubException("You may not do this.");
    }
}
