using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using OpenIddict.Validation.AspNetCore;
using SafeConsole.Gateway.Authentication.Demo;

namespace SafeConsole.Gateway.Authentication;

/// <summary>Signing in by OpenID Connect, cookie session, bearer tokens and permissions.</summary>
public static class AuthenticationSetup
{
    private const string CookieOrBearer = "cookie-or-bearer";

    /// <summary>Registers it all. Throws <see cref="GatewayConfigurationException"/> when the configuration would let nobody in, or anybody.</summary>
    public static void AddGatewayAuthentication(this WebApplicationBuilder builder, bool demo)
    {
        var origin = GatewayOrigin.From(builder.Configuration, demo);
        var provider = IdentityProvider.From(builder.Configuration, origin, demo);
        var services = builder.Services;
        services.AddSingleton(origin).AddSingleton(provider).AddSingleton<CallerReader>();
        services.AddOptions<GroupOptions>().BindConfiguration("Authorization:Groups");
        services.AddDataProtection().SetApplicationName("SafeConsole").PersistKeysToFileSystem(KeyFolder(builder.Configuration));
        AddSchemes(services, origin);
        services.AddOpenIdConnect(origin, provider);
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAssertion(NamesItsPermission).Build());
        services.AddSingleton<IAuthorizationHandler, PermissionHandler>();
        services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";
            options.Cookie = SessionCookie.NewCookie(origin, "safeconsole-csrf");
        });
        if (demo)
            services.AddDemoIdentityProvider(origin);
    }

    private static void AddSchemes(IServiceCollection services, GatewayOrigin origin) =>
        services.AddAuthentication(CookieOrBearer)
            .AddCookie(SessionCookie.Scheme, options => SessionCookie.Configure(options, origin))
            .AddPolicyScheme(CookieOrBearer, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.ContainsKey("Authorization")
                    ? OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme
                    : SessionCookie.Scheme);

    // ASP.NET Core adds the fallback policy to every route without an [Authorize]: what names no permission is refused to everybody.
    private static bool NamesItsPermission(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && http.GetEndpoint()?.Metadata.GetMetadata<RequirePermissionAttribute>() is not null;

    private static DirectoryInfo KeyFolder(IConfiguration configuration)
    {
        var folder = Directory.CreateDirectory(Data.DataSetup.Folder(configuration, "keys"));
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        return folder;
    }
}
