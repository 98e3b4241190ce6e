using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Borders;

/// <summary>
/// Serves the gateway's one origin alone. A request under another host name is refused, which disarms DNS rebinding; over a
/// proxy that ends TLS, the request takes the origin's scheme, so that redirects and cookies are right.
/// </summary>
public sealed class OriginBorder(RequestDelegate next, GatewayOrigin origin)
{
    /// <summary>Refuses or passes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Host == origin.Host || SocketBorder.IsLink(context) || request.Path == "/health")
        {
            request.Scheme = origin.Uri.Scheme;
            request.Host = origin.Host;
            return next(context);
        }

        if (HttpMethods.IsGet(request.Method) && IsLoopbackName(request.Host) && origin.Uri.IsLoopback)
        {
            context.Response.Redirect(origin.Text + request.Path + request.QueryString, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }

        return Results.Problem($"This gateway is reached under {origin.Text} only.", statusCode: StatusCodes.Status421MisdirectedRequest).ExecuteAsync(context);
    }

    private bool IsLoopbackName(HostString host) => host.Host is "localhost" or "127.0.0.1" or "[::1]" && (host.Port ?? 80) == origin.Uri.Port;
}
