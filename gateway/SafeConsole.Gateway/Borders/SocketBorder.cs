using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Borders;

/// <summary>
/// Keeps the link routes on the link socket and everything else off it: each answers 404 on the other side. A link's request ends here: its secret is checked by its route, so nothing
/// that signs people in sees it, and its connection carries no second one.
/// </summary>
public sealed class SocketBorder(RequestDelegate next, LinkRefusals refusals)
{
    /// <summary>Refuses or passes on; runs after routing.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        var isLinkRoute = endpoint?.Metadata.GetMetadata<RequirePermissionAttribute>()?.Permission == Permission.RunnerLink;
        if (IsLink(context))
            return ServeLinkAsync(context, isLinkRoute ? endpoint!.RequestDelegate! : RefuseAsync);
        if (!isLinkRoute)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static Task ServeLinkAsync(HttpContext context, RequestDelegate serve)
    {
        context.Response.OnStarting(() =>
        {
            if (context.Response.StatusCode != StatusCodes.Status101SwitchingProtocols)
                context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        });
        return serve(context);
    }

    private async Task RefuseAsync(HttpContext context)
    {
        await refusals.HoldAsync(LinkRefusals.PeerOf(context), "there is no such link");
        context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    /// <summary>True when the request came over the link socket, or the listener for links of other hosts.</summary>
    public static bool IsLink(HttpContext context) =>
        context.Features.Get<IConnectionSocketFeature>()?.Socket.AddressFamily is AddressFamily.Unix || context.Features.Get<LinkTls>() is not null;
}
