using Microsoft.AspNetCore.Antiforgery;
using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Borders;

/// <summary>
/// Keeps other sites from using a browser's session cookie: the hub and every unsafe method must come from the gateway's own origin, and
/// unsafe methods must carry the antiforgery token. Callers with a bearer token are free of both, since no browser adds a token by itself.
/// </summary>
public sealed class CookieBorder(RequestDelegate next, GatewayOrigin origin, IAntiforgery antiforgery)
{
    /// <summary>Refuses or passes on; runs after authentication.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var isHub = context.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.SignalR.HubMetadata>() is not null;
        var isUnsafe = !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || HttpMethods.IsOptions(context.Request.Method));
        if (context.User.Identity?.AuthenticationType != SessionCookie.Scheme || !(isHub || isUnsafe))
        {
            await next(context);
            return;
        }

        var sentOrigin = context.Request.Headers.Origin.ToString();
        // Browsers send Origin with every WebSocket and every POST; a script with a cookie may leave it out where the token speaks for it.
        if (sentOrigin.Length > 0 ? sentOrigin != origin.Text : isHub)
            await RefuseAsync(context, $"The request does not come from {origin.Text}.");
        else if (!isHub && !IsLoginForm(context) && !await antiforgery.IsRequestValidAsync(context))
            await RefuseAsync(context, "The X-CSRF-TOKEN header is missing or too old; get a new one from /api/antiforgery.");
        else
            await next(context);
    }

    // The log-in form of demo mode carries the token in a field and checks it itself.
    private static bool IsLoginForm(HttpContext context) => context.Request.Path == Authentication.Demo.LoginEndpoints.Path;

    private static Task RefuseAsync(HttpContext context, string sentence) =>
        Results.Problem(sentence, statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
}
