using SafeConsole.Gateway.Authentication;

namespace SafeConsole.Gateway.Borders;

/// <summary>Headers that tell browsers what no page of the gateway ever does: foreign or inline script, frames, foreign forms.</summary>
public sealed class SecurityHeaders(RequestDelegate next, GatewayOrigin origin)
{
    // 'self' covers ws: and wss: of the same host in today's browsers; older Safari wants it spelled out.
    private readonly string policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; worker-src 'self'; manifest-src 'self'; "
        + $"connect-src 'self' {(origin.IsHttps ? "wss" : "ws")}://{origin.Host}; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    /// <summary>Adds the headers and passes on.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (origin.IsHttps)
            headers.StrictTransportSecurity = "max-age=31536000";
        return next(context);
    }
}
