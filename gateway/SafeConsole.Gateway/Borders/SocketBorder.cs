using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Borders;

/// <summary>Keeps the link routes on the link socket and everything else off it: each answers 404 on the other side.</summary>
public sealed class SocketBorder(RequestDelegate next)
{
    /// <summary>Refuses or passes on; runs after routing.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var isLinkRoute = context.GetEndpoint()?.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission == Permission.RunnerLink;
        if (isLinkRoute == IsLink(context))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>True when the request came over the link socket, or the listener for links of other hosts.</summary>
    public static bool IsLink(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily is AddressFamily.Unix || context.Features.Get<LinkTls>() is not null;
}
