using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Threads;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>Opens the stream to a replica: TCP or a Unix socket, and TLS on it as the policy says.</summary>
internal static class ReplicaTransport
{
    /// <summary>Connects; where there are threads, the stream waits on them. Throws <see cref="ReplicaFailedException"/>; there is no fall-back to plain text.</summary>
    public static async Task<Stream> ConnectAsync(DatabasePolicy database, string? authority, RelayThreadPair? threads, CancellationToken cancellationToken)
    {
        Stream plain = await DialAsync(database, threads, cancellationToken).ConfigureAwait(false);
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

    private static async Task<Stream> DialAsync(DatabasePolicy database, RelayThreadPair? threads, CancellationToken cancellationToken)
    {
        bool local = database.Host.StartsWith('/');
        Socket socket = local
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        EndPoint replica = local ? new UnixDomainSocketEndPoint($"{database.Host}/.s.PGSQL.{database.Port}") : new DnsEndPoint(database.Host, database.Port);
        try
        {
            if (threads is null)
            {
                await socket.ConnectAsync(replica, cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }

            // A socket that was awaited once would be watched by the runtime from then on, which costs a wake-up for each message.
            await threads.Forth.RunAsync(() => Connect(socket, replica, cancellationToken)).ConfigureAwait(false);
            return new SocketStream(socket, reads: threads.Back, writes: threads.Forth);
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

    private static bool Connect(Socket socket, EndPoint replica, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static connecting => ((Socket)connecting!).Dispose(), socket);
        try
        {
            socket.Connect(replica);
            return true;
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
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
