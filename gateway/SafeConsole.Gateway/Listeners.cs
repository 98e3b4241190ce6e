using Microsoft.AspNetCore.Connections;

namespace SafeConsole.Gateway;

/// <summary>Where the gateway listens: `Urls` for browsers and scripts, and the link socket for the agents of runners.</summary>
public static class Listeners
{
    /// <summary>The address where a gateway listens when none is configured.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>The configured addresses, at least one.</summary>
    public static string[] Urls(IConfiguration configuration) =>
        (configuration["Urls"] ?? DefaultUrl).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The path of the link socket, `link.sock` in the runtime directory.</summary>
    public static string LinkSocket(IConfiguration configuration) => Path.Combine(RuntimeDirectory(configuration), "link.sock");

    /// <summary>`Runtime:Directory`, absolute. Unprivileged runner users must be able to reach it.</summary>
    public static string RuntimeDirectory(IConfiguration configuration) =>
        Path.GetFullPath(configuration["Runtime:Directory"] ?? "/run/safeconsole");

    /// <summary>Listens on all addresses and on the link socket. Throws when another gateway has the runtime directory, or in demo mode for a reachable address.</summary>
    public static void AddListeners(this WebApplicationBuilder builder, bool demo)
    {
        var urls = Urls(builder.Configuration);
        if (demo && urls.FirstOrDefault(url => !IsLoopback(url)) is { } reachable)
            throw new GatewayConfigurationException($"Demo mode has published passwords and therefore listens on loopback addresses only, but Urls holds `{reachable}`.");
        var socket = LinkSocket(builder.Configuration);
        var runtimeLock = RuntimeLock.Take(RuntimeDirectory(builder.Configuration));
        // A factory, so that the gateway's end disposes of it.
        builder.Services.AddSingleton(_ => runtimeLock);
        PrepareSocket(socket);
        var tls = LinkTls.Of(builder.Configuration);
        builder.WebHost.UseUrls([.. urls, $"http://unix:{socket}", .. tls is null ? (string[])[] : [tls.Url]]);
        var linkConnections = new LinkConnections();
        builder.Services.AddSingleton(linkConnections).AddSingleton<IConnectionListenerFactory, LinkTransport>();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(listen =>
            {
                tls?.Configure(listen);
                listen.Use(linkConnections.Bound);
            });
        });
    }

    /// <summary>Lets runner users connect to the socket: the ticket, not the file's mode, decides who gets in.</summary>
    public static void OpenLinkSocket(this WebApplication app)
    {
        var socket = LinkSocket(app.Configuration);
        app.Services.GetRequiredService<RuntimeLock>();
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(socket, (UnixFileMode)0b110_110_110);
        });
    }

    private static bool IsLoopback(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback;

    // Whoever left a socket there is gone: it does not have the lock any more.
    private static void PrepareSocket(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.GetDirectoryName(path)!, (UnixFileMode)0b111_101_101);
        File.Delete(path);
    }
}
