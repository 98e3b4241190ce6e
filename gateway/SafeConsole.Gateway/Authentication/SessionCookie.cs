using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace SafeConsole.Gateway.Authentication;

/// <summary>The browser's session on the gateway's own origin. It never redirects: the pages decide where to sign in.</summary>
public static class SessionCookie
{
    /// <summary>The authentication scheme's name.</summary>
    public const string Scheme = "session";

    /// <summary>How long a sign-in lasts. It is not prolonged by use, so that group changes take effect within a working day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(8);

    /// <summary>Sets name, flags and answers of the cookie.</summary>
    public static void Configure(CookieAuthenticationOptions options, GatewayOrigin origin)
    {
        options.Cookie = NewCookie(origin, "safeconsole");
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = false;
        options.Events.OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized);
        options.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
    }

    /// <summary>A cookie for this origin alone: unreadable to scripts, never sent from another site, Secure wherever the origin is https.</summary>
    public static CookieBuilder NewCookie(GatewayOrigin origin, string name) => new()
    {
        Name = origin.CookieName(name),
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        SecurePolicy = origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest,
        Path = "/",
        IsEssential = true,
    };

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
