using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Client.AspNetCore;
using SafeConsole.Gateway.Authentication.Demo;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Signing in and out of the gateway's own session, and who one is.</summary>
public static class SignInEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/sign-in", SignIn).RequirePermission(Permission.Anyone).ExcludeFromDescription();
        routes.MapGet(OpenIdConnectSetup.CallbackPath, CallbackAsync).RequirePermission(Permission.Anyone).ExcludeFromDescription();
        routes.MapPost("/sign-out", (Delegate)SignOutAsync).RequirePermission(Permission.SignedIn).WithSummary("Ends the browser's session.");
        routes.MapGet("/api/me", Me).RequirePermission(Permission.SignedIn).WithSummary("Who the caller is and what the caller may do.");
        routes.MapGet("/api/sign-in-info", Info).RequirePermission(Permission.Anyone).WithSummary("How one signs in here.");
        routes.MapGet("/api/antiforgery", Antiforgery).RequirePermission(Permission.SignedIn)
            .WithSummary("The token that callers with a cookie send as X-CSRF-TOKEN with POST, PUT and DELETE.");
    }

    private static IResult SignIn(HttpContext context, GatewayOrigin origin, string returnUrl = "/")
    {
        if (!IsLocal(returnUrl))
            return Results.Problem("returnUrl must be a path on this site.", statusCode: StatusCodes.Status400BadRequest);
        return Results.Challenge(new AuthenticationProperties { RedirectUri = returnUrl }, [OpenIddictClientAspNetCoreDefaults.AuthenticationScheme]);
    }

    // OpenIddict has checked state, nonce, code and id token, and that this browser began the sign-in, before this runs.
    private static async Task<IResult> CallbackAsync(HttpContext context, IOptions<GroupOptions> groups)
    {
        var result = await context.AuthenticateAsync(OpenIddictClientAspNetCoreDefaults.AuthenticationScheme);
        await context.SignOutAsync(SessionCookie.Scheme);
        if (result.Principal?.GetClaim(Claims.Subject) is not { Length: > 0 } subject)
            return Results.Problem("The identity provider did not say who you are. Please sign in again.", statusCode: StatusCodes.Status401Unauthorized);
        var identity = new ClaimsIdentity(SessionCookie.Scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        identity.SetClaim(Claims.Name, result.Principal.GetClaim(Claims.Name) ?? result.Principal.GetClaim(Claims.PreferredUsername) ?? subject);
        identity.SetClaims(groups.Value.Claim, result.Principal.GetClaims(groups.Value.Claim));
        await context.SignInAsync(SessionCookie.Scheme, new ClaimsPrincipal(identity));
        return Results.LocalRedirect(result.Properties?.RedirectUri is { } returnUrl && IsLocal(returnUrl) ? returnUrl : "/");
    }

    private static async Task<IResult> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(SessionCookie.Scheme);
        return Results.NoContent();
    }

    private static MeAnswer Me(HttpContext context, CallerReader callers, IdentityProvider provider)
    {
        var caller = callers.Require(context);
        return new MeAnswer(caller.Person.Name, caller.Person.Subject, [.. caller.Roles.Select(role => role.ToString().ToLowerInvariant())],
            RolePermissions.Names(caller.Roles), provider.IsDemo);
    }

    private static SignInInfo Info(IdentityProvider provider) => provider.IsDemo
        ? new SignInInfo(true, "SafeConsole demo", [.. DemoAccount.All.Select(account => new SignInAccount(account.Name, account.Role.ToString().ToLowerInvariant()))])
        : new SignInInfo(false, "SafeConsole", []);

    private static AntiforgeryAnswer Antiforgery(HttpContext context, IAntiforgery antiforgery) =>
        new(antiforgery.GetAndStoreTokens(context).RequestToken!);

    private static bool IsLocal(string url) =>
        url is ['/', ..] && url is not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
