using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>Opens the stream to a replica: TCP or a Unix socket, and TLS on it as the policy says.</summary>
internal static class ReplicaTransport
{
    /// <summary>Connects. Throws <see cref="ReplicaFailedException"/>; there is no fall-back to plain text.</summary>
    public static async Task<Stream> ConnectAsync(DatabasePolicy database, string? authority, CancellationToken cancellationToken)
    {
        NetworkStream plain = await DialAsync(database, cancellationToken).ConfigureAwait(false);
        if (database.Tls == TlsMode.Disable)
        {
            return plain;
        }

        try
        {
            await RequestTlsAsync(plain, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await plain.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return await SecureAsync(plain, database, authority, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<NetworkStream> DialAsync(DatabasePolicy database, CancellationToken cancellationToken)
    {
        bool local = database.Host.StartsWith('/');
        Socket socket = local
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            ValueTask connecting = local
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint($"{database.Host}/.s.PGSQL.{database.Port}"), cancellationToken)
                : socket.ConnectAsync(database.Host, database.Port, cancellationToken);
            await connecting.ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new ReplicaFailedException($"The replica {database.Host}:{database.Port} cannot be reached: {failure.Message}.", cause: failure);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // One byte is read and no more: what an attacker might send in plain text behind the answer is left to the TLS handshake, which fails on it.
    private static async Task RequestTlsAsync(Stream plain, CancellationToken cancellationToken)
    {
        using var request = new MessageWriter();
        request.Begin().WriteInt32(StartupPacket.Ssl).End();
        var answer = new byte[1];
        try
        {
            await plain.WriteAsync(request.Written, cancellationToken).ConfigureAwait(false);
            await plain.ReadExactlyAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            throw new ReplicaFailedException("The replica closed the connection when it was asked for TLS.", cause: failure);
        }

        if (answer[0] != 'S')
        {
            throw new ReplicaFailedException("The replica does not offer TLS, which the policy demands.");
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, DatabasePolicy database, string? authority, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await secure.AuthenticateAsClientAsync(ReplicaTls.Options(database, authority), cancellationToken).ConfigureAwait(false);
            return secure;
        }
        catch (Exception failure) when (failure is AuthenticationException or IOException)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw new ReplicaFailedException($"TLS with the replica {database.Host} failed: {failure.Message}", cause: failure);
        }
        catch
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
