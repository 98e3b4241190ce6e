using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace SafeConsole.Agent.Link;

/// <summary>Connections to a gateway by TLS. It is known by its certificate alone: of its host name, and of the given authority or the system's.</summary>
internal sealed class GatewayTls
{
    private const int IdleSeconds = 10;
    private const int ProbeSeconds = 5;
    private const int Probes = 3;

    private readonly string host;
    private readonly int port;
    private readonly X509ChainPolicy trust;

    private GatewayTls(string host, int port, X509ChainPolicy trust)
    {
        this.host = host;
        this.port = port;
        this.trust = trust;
    }

    /// <summary>Throws <see cref="AgentFailedException"/> for an authority that cannot be read.</summary>
    public static GatewayTls To(string host, int port, string? authority)
    {
        // A runner reaches nobody whom it could ask about revocation or for missing certificates.
        var trust = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (authority is null)
            return new GatewayTls(host, port, trust);
        try
        {
            trust.CustomTrustStore.ImportFromPem(authority);
        }
        catch (CryptographicException e)
        {
            throw new AgentFailedException("SAFECONSOLE_GATEWAY_CA cannot be read; it must be certificates as PEM text.", e);
        }
        if (trust.CustomTrustStore.Count == 0)
            throw new AgentFailedException("SAFECONSOLE_GATEWAY_CA holds no certificate.");
        trust.TrustMode = X509ChainTrustMode.CustomRootTrust;
        return new GatewayTls(host, port, trust);
    }

    /// <summary>A stream whose reads fail within half a minute when the gateway's host is gone. Throws <see cref="SocketException"/>, and <see cref="AuthenticationException"/> for another's certificate.</summary>
    public async Task<Stream> OpenAsync(CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            NoticeLoss(socket);
            await socket.ConnectAsync(host, port, cancellation);
            var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
            var options = new SslClientAuthenticationOptions { TargetHost = host, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13, CertificateChainPolicy = trust.Clone() };
            await stream.AuthenticateAsClientAsync(options, cancellation);
            _ = LossWatch.RunAsync(socket);
            return stream;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void NoticeLoss(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, IdleSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, ProbeSeconds);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, Probes);
    }
}
