using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>The embedded server's token endpoint. OpenIddict has authenticated the client before it runs.</summary>
public static class TokenEndpoint
{
    /// <summary>Exchanges a code, or gives a script its own token.</summary>
    public static async Task<IResult> ExchangeAsync(HttpContext context)
    {
        const string scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
        var request = context.GetOpenIddictServerRequest()!;
        if (request.IsAuthorizationCodeGrantType())
        {
            var code = await context.AuthenticateAsync(scheme);
            return code.Principal is { } person ? Results.SignIn(person, authenticationScheme: scheme) : Results.Forbid(authenticationSchemes: [scheme]);
        }

        if (!request.IsClientCredentialsGrantType() || !DemoClients.Scripts.TryGetValue(request.ClientId ?? "", out var script))
            return Results.Forbid(authenticationSchemes: [scheme]);
        return Results.SignIn(DemoPrincipal.Create(request.ClientId!, request.ClientId!, script.Group, []), authenticationScheme: scheme);
    }
}
