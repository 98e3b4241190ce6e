namespace SafeConsole.Gateway.Authentication;

/// <summary>
/// The one origin under which browsers reach the gateway, such as `https://safeconsole.example.com`. Cookies, redirects and origin
/// checks go by it and never by a request's Host header.
/// </summary>
public sealed record GatewayOrigin(Uri Uri)
{
    /// <summary>Scheme, host and port as a browser writes them into its Origin header.</summary>
    public string Text => Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>Host and port as a browser writes them into its Host header.</summary>
    public HostString Host => HostString.FromUriComponent(Uri);

    /// <summary>Whether cookies can be Secure and carry the `__Host-` prefix.</summary>
    public bool IsHttps => Uri.Scheme == Uri.UriSchemeHttps;

    /// <summary>A cookie's name: with `__Host-` over https; over http (loopback demo) with the port, since cookies are shared between ports.</summary>
    public string CookieName(string name) => IsHttps ? $"__Host-{name}" : $"{name}-{Uri.Port}";

    /// <summary>Reads `Web:Origin`, or in demo mode the first of `Urls`.</summary>
    public static GatewayOrigin From(IConfiguration configuration, bool demo)
    {
        var text = configuration["Web:Origin"] ?? (demo ? FirstUrl(configuration) : null)
            ?? throw new GatewayConfigurationException("Web:Origin is not set: it must be the https address under which browsers reach the gateway.");
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/" || uri.Scheme is not ("http" or "https"))
            throw new GatewayConfigurationException($"Web:Origin is `{text}`; it must be an address such as https://safeconsole.example.com without a path.");
        if (!demo && uri.Scheme != Uri.UriSchemeHttps)
            throw new GatewayConfigurationException($"Web:Origin is `{text}`; it must be https, since session cookies travel over it.");
        if (demo && !uri.IsLoopback)
            throw new GatewayConfigurationException($"Demo mode has published passwords and therefore serves loopback addresses only, but Web:Origin is `{text}`.");
        return new GatewayOrigin(uri);
    }

    private static string FirstUrl(IConfiguration configuration) => Listeners.Urls(configuration)[0];
}
