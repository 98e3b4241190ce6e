using System.Threading.RateLimiting;

namespace SafeConsole.Gateway.Authentication.Demo;

/// <summary>Demo mode's identity provider: OpenIddict's server inside the gateway, with published accounts, on loopback only.</summary>
public static class DemoSetup
{
    /// <summary>The scheme that carries who logged in from the log-in page to the authorization endpoint, once.</summary>
    public const string LoginScheme = "demo-login";

    /// <summary>The rate limit of the token endpoint.</summary>
    public const string TokenLimit = "token";

    /// <summary>Where codes are given out.</summary>
    public const string AuthorizePath = "/connect/authorize";

    /// <summary>Where tokens are given out.</summary>
    public const string TokenPath = "/connect/token";

    /// <summary>`Demo:Enabled`. Anything but `true` or `false` is refused.</summary>
    public static bool IsDemo(IConfiguration configuration) => configuration["Demo:Enabled"] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var enabled) => enabled,
        var text => throw new GatewayConfigurationException($"Demo:Enabled is `{text}`; it must be true or false."),
    };

    /// <summary>Registers the server, its log-in cookie and its throttle.</summary>
    public static void AddDemoIdentityProvider(this IServiceCollection services, GatewayOrigin origin)
    {
        services.AddSingleton<LoginThrottle>().AddScoped<DemoClients>();
        services.AddAuthentication().AddCookie(LoginScheme, options =>
        {
            options.Cookie = SessionCookie.NewCookie(origin, "safeconsole-demo-login");
            options.ExpireTimeSpan = TimeSpan.FromMinutes(1);
            options.SlidingExpiration = false;
        });
        services.AddOpenIddict().AddServer(server =>
        {
            server.SetIssuer(origin.Uri);
            server.SetAuthorizationEndpointUris(AuthorizePath).SetTokenEndpointUris(TokenPath);
            server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange().AllowClientCredentialsFlow();
            server.RegisterScopes("openid", "profile", "groups");
            server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
            server.SetAccessTokenLifetime(TimeSpan.FromHours(1));
            server.UseDataProtection();
            var host = server.UseAspNetCore().EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough();
            if (!origin.IsHttps)
                host.DisableTransportSecurityRequirement();
        });
        services.AddRateLimiter(limits => limits.AddPolicy(TokenLimit, context => RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new() { PermitLimit = 120, Window = TimeSpan.FromMinutes(1) })).RejectionStatusCode = StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Maps the server's two endpoints and its log-in page.</summary>
    public static void MapDemoIdentityProvider(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(AuthorizePath, ["GET"], (Delegate)AuthorizeEndpoint.AuthorizeAsync)
            .RequirePermission(Permission.Anyone).ExcludeFromDescription();
        routes.MapMethods(TokenPath, ["POST"], (Delegate)TokenEndpoint.ExchangeAsync)
            .RequirePermission(Permission.Anyone).RequireRateLimiting(TokenLimit).ExcludeFromDescription().DisableAntiforgery();
        routes.MapGet(LoginEndpoints.Path, LoginEndpoints.Show).RequirePermission(Permission.Anyone).ExcludeFromDescription();
        routes.MapPost(LoginEndpoints.Path, LoginEndpoints.SubmitAsync).RequirePermission(Permission.Anyone).ExcludeFromDescription().DisableAntiforgery();
    }

    /// <summary>Writes the demo's clients to the store.</summary>
    public static async Task SeedDemoClientsAsync(this WebApplication app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoClients>().SeedAsync(CancellationToken.None);
    }
}
