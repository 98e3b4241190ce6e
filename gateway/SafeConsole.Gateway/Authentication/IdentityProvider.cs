namespace SafeConsole.Gateway.Authentication;

/// <summary>Who vouches for callers: the configured OpenID Connect issuer, or in demo mode the gateway itself. There is never a second way in.</summary>
public sealed record IdentityProvider(Uri Issuer, string ClientId, string? ClientSecret, string Audience, IReadOnlyList<string> Scopes, bool IsDemo)
{
    /// <inheritdoc/>
    public override string ToString() => $"IdentityProvider {{ Issuer = {Issuer}, ClientId = {ClientId}, ClientSecret = *** }}";

    /// <summary>Reads section `Authentication`. Throws <see cref="GatewayConfigurationException"/> when nobody could sign in, or in two ways.</summary>
    public static IdentityProvider From(IConfiguration configuration, GatewayOrigin origin, bool demo)
    {
        var section = configuration.GetSection("Authentication");
        if (demo)
        {
            return section["Issuer"] is null
                ? new IdentityProvider(origin.Uri, Demo.DemoClients.Web, Demo.DemoClients.NewSecret(), Demo.DemoClients.Audience, ["openid", "profile", "groups"], true)
                : throw new GatewayConfigurationException("Both Demo:Enabled and Authentication:Issuer are set: demo passwords must not stand beside a real identity provider; remove one of them.");
        }

        if (!Uri.TryCreate(section["Issuer"], UriKind.Absolute, out var issuer) || issuer.Scheme != Uri.UriSchemeHttps)
            throw new GatewayConfigurationException("Nobody could sign in: set Authentication:Issuer to your OpenID Connect issuer (https), or Demo:Enabled to true to try SafeConsole on this machine alone.");
        return new IdentityProvider(
            issuer,
            section["ClientId"] ?? throw Missing("ClientId", "the client id that the issuer knows the gateway by"),
            section["ClientSecret"] is { } reference ? Secrets.SecretReference.Resolve(reference) : null,
            section["Audience"] ?? throw Missing("Audience", "the audience that bearer tokens for the gateway carry"),
            section.GetSection("Scopes").Get<string[]>() ?? ["openid", "profile", "groups"],
            false);
    }

    private static GatewayConfigurationException Missing(string key, string what) => new($"Authentication:{key} is not set; it is {what}.");
}
