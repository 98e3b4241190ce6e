using System.Security.Claims;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Reads the caller from a principal, whether it came by cookie or by bearer token. Both come from the one configured issuer.</summary>
public sealed class CallerReader(IOptions<GroupOptions> groups, IdentityProvider provider)
{
    /// <summary>The caller, or null when nobody is signed in or the principal has no subject.</summary>
    public Caller? Read(ClaimsPrincipal? principal)
    {
        if (principal?.Identity?.IsAuthenticated != true || principal.GetClaim(OpenIddictConstants.Claims.Subject) is not { Length: > 0 } subject)
            return null;
        var memberOf = principal.GetClaims(groups.Value.Claim);
        var roles = Enum.GetValues<Role>().Where(role => groups.Value.Of(role).Intersect(memberOf, StringComparer.Ordinal).Any()).ToArray();
        var name = principal.GetClaim(OpenIddictConstants.Claims.Name) ?? principal.GetClaim(OpenIddictConstants.Claims.PreferredUsername) ?? subject;
        return new Caller(new Person(provider.Issuer.AbsoluteUri, subject, name), memberOf, roles);
    }

    /// <summary>The caller of a request that has passed authorization.</summary>
    public Caller Require(HttpContext context) =>
        Read(context.User) ?? throw new InvalidOperationException("A route that needs a caller was reached without one.");
}
