using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>The embedded server's authorization endpoint. OpenIddict has checked client, redirect address and PKCE before it runs.</summary>
public static class AuthorizeEndpoint
{
    /// <summary>Sends whoever is not logged in to the log-in page; else gives out a code and forgets the log-in.</summary>
    public static async Task<IResult> AuthorizeAsync(HttpContext context)
    {
        var login = await context.AuthenticateAsync(DemoSetup.LoginScheme);
        var account = DemoAccount.All.FirstOrDefault(known => known.Name == login.Principal?.GetClaim(OpenIddictConstants.Claims.Subject));
        if (account is null)
            return Results.LocalRedirect($"{LoginEndpoints.Path}{QueryString.Create("returnUrl", context.Request.Path + context.Request.QueryString)}");
        await context.SignOutAsync(DemoSetup.LoginScheme);
        var request = context.GetOpenIddictServerRequest()!;
        var principal = DemoPrincipal.Create(account.Name, account.Title, account.Group, request.GetScopes());
        return Results.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }
}
