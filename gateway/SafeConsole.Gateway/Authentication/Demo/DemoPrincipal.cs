using System.Collections.Immutable;
using System.Security.Claims;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>What the embedded server says about somebody.</summary>
public static class DemoPrincipal
{
    /// <summary>Subject, name and group, in the access token and in the id token, for the gateway as audience.</summary>
    public static ClaimsPrincipal Create(string subject, string name, string group, ImmutableArray<string> scopes)
    {
        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject).SetClaim(Claims.Name, name).SetClaims("groups", [group]);
        identity.SetScopes(scopes).SetResources(DemoClients.Audience);
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new ClaimsPrincipal(identity);
    }
}
