using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SafeConsole.Gateway;

/// <summary>
/// The listener for links of runners on other hosts: `Runners:LinkUrl`, by TLS alone, with the certificate of `Runners:LinkCertificate` and `Runners:LinkCertificateKey`, two PEM
/// files that are read at start.
/// </summary>
public sealed class LinkTls
{
    /// <summary>The most connections from one address; a session needs one for its terminal and one for each database connection.</summary>
    public const int MostOfOneAddress = 128;

    private readonly ConcurrentDictionary<IPAddress, int> open = new();
    private readonly X509Certificate2 certificate;

    private LinkTls(string url, int port, X509Certificate2 certificate)
    {
        (Url, Port) = (url, port);
        this.certificate = certificate;
    }

    /// <summary>Where it listens, such as `https://0.0.0.0:8444`.</summary>
    public string Url { get; }

    private int Port { get; }

    /// <summary>Reads the settings; null where no such listener is asked for. Throws <see cref="GatewayConfigurationException"/>.</summary>
    public static LinkTls? Of(IConfiguration configuration)
    {
        if (configuration["Runners:LinkUrl"] is not { Length: > 0 } url)
            return null;
        var address = BindingAddress.Parse(url);
        if (address.Scheme != Uri.UriSchemeHttps || address.PathBase.Length > 0)
            throw new GatewayConfigurationException($"Runners:LinkUrl is `{url}`; it must be https://address:port, for tickets and database connections cross a network there.");
        if (Listeners.Urls(configuration).Any(other => BindingAddress.Parse(other).Port == address.Port))
            throw new GatewayConfigurationException($"Runners:LinkUrl and Urls both hold port {address.Port}; links need a port of their own.");
        return new LinkTls(url, address.Port, ReadCertificate(configuration["Runners:LinkCertificate"], configuration["Runners:LinkCertificateKey"]));
    }

    /// <summary>Makes a listener one of links where it is this one's.</summary>
    public void Configure(ListenOptions listen)
    {
        if (listen.EndPoint is not IPEndPoint endPoint || endPoint.Port != Port)
            return;
        // A WebSocket and an upgrade to bytes are of HTTP/1.1.
        listen.Protocols = HttpProtocols.Http1;
        listen.Use(Bound);
        listen.UseHttps(certificate, https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13);
        listen.Use(next => connection =>
        {
            connection.Features.Set(this);
            return next(new HalfOpenConnection(connection));
        });
    }

    private static X509Certificate2 ReadCertificate(string? path, string? key)
    {
        if (path is null || key is null)
            throw new GatewayConfigurationException("Runners:LinkUrl needs Runners:LinkCertificate and Runners:LinkCertificateKey, the PEM files of the certificate and its key.");
        try
        {
            return X509Certificate2.CreateFromPemFile(path, key);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new GatewayConfigurationException($"The certificate of Runners:LinkCertificate cannot be read: {failure.Message}");
        }
    }

    private ConnectionDelegate Bound(ConnectionDelegate next) => async connection =>
    {
        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        try
        {
            if (open.AddOrUpdate(address, 1, (_, count) => count + 1) <= MostOfOneAddress)
                await WatchedAsync(next, connection);
            else
                connection.Abort(new ConnectionAbortedException("This address has too many links."));
        }
        finally
        {
            open.AddOrUpdate(address, 0, (_, count) => count - 1);
            open.TryRemove(new KeyValuePair<IPAddress, int>(address, 0));
        }
    };

    // Without this a runner's host that is gone would keep its session, and its places, until the kernel gives up after a quarter of an hour.
    private static async Task WatchedAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is not { } socket)
        {
            await next(connection);
            return;
        }

        LinkLoss.AskWhenQuiet(socket);
        using var over = new CancellationTokenSource();
        var watching = WatchAsync();
        try
        {
            await next(connection);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }

        async Task WatchAsync()
        {
            if (await LinkLoss.IsLostAsync(socket, over.Token))
                connection.Abort(new ConnectionAbortedException("The runner's host does not answer any more."));
        }
    }
}
