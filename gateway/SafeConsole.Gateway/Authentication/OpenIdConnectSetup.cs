using OpenIddict.Client;

namespace SafeConsole.Gateway.Authentication;

/// <summary>The gateway as a client of its identity provider, and as the resource that bearer tokens are for.</summary>
public static class OpenIdConnectSetup
{
    /// <summary>Where the identity provider sends the browser back to.</summary>
    public const string CallbackPath = "/sign-in/callback";

    /// <summary>Registers OpenIddict's client and validation for the one identity provider.</summary>
    public static void AddOpenIdConnect(this IServiceCollection services, GatewayOrigin origin, IdentityProvider provider) =>
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<Data.GatewayDatabase>())
            .AddClient(client =>
            {
                client.AllowAuthorizationCodeFlow();
                client.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
                client.UseDataProtection();
                client.UseSystemNetHttp();
                var host = client.UseAspNetCore().EnableRedirectionEndpointPassthrough();
                if (!origin.IsHttps)
                    host.DisableTransportSecurityRequirement();
                client.Configure(options => options.Registrations.Add(Registration(origin, provider)));
                client.SetRedirectionEndpointUris(CallbackPath);
                services.Configure<OpenIddict.Client.AspNetCore.OpenIddictClientAspNetCoreOptions>(options =>
                {
                    options.CookieBuilder.Name = origin.CookieName("safeconsole-sign-in");
                    options.CookieBuilder.SameSite = SameSiteMode.Lax;
                    options.CookieBuilder.SecurePolicy = origin.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
                });
            })
            .AddValidation(validation =>
            {
                validation.AddAudiences(provider.Audience);
                validation.UseAspNetCore();
                if (provider.IsDemo)
                {
                    validation.UseLocalServer();
                    validation.UseDataProtection();
                    return;
                }

                validation.SetIssuer(provider.Issuer);
                validation.UseSystemNetHttp();
            });

    private static OpenIddictClientRegistration Registration(GatewayOrigin origin, IdentityProvider provider)
    {
        var registration = new OpenIddictClientRegistration
        {
            Issuer = provider.Issuer,
            ClientId = provider.ClientId,
            ClientSecret = provider.ClientSecret,
            RedirectUri = new Uri(origin.Uri, CallbackPath),
            ResponseModes = { "query" },
        };
        registration.Scopes.UnionWith(provider.Scopes);
        return registration;
    }
}
