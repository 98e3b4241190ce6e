using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Protocol;
using SafeConsole.Proxy.Threads;

namespace SafeConsole.Proxy.Postgres.Replicas;

/// <summary>Opens a connection to a target's replica and logs in as the policy's role.</summary>
internal sealed class ReplicaLogin(ICredentialSource credentials)
{
    private const int MaximumReply = 64 * 1024;

    /// <summary>
    /// Connects and logs in, with <paramref name="clientSettings"/> (already judged) beside the guards, on threads of its own where there are some. Throws
    /// <see cref="ReplicaFailedException"/>.
    /// </summary>
    public async Task<ReplicaConnection> OpenAsync(
        TargetPolicy policy, IEnumerable<KeyValuePair<string, string>> clientSettings, RelayThreadPair? threads, CancellationToken cancellationToken)
    {
        DatabasePolicy database = policy.Database;
        string? password = await PolicyReference.ResolveAsync(credentials, database.Credential, cancellationToken).ConfigureAwait(false);
        string? authority = await PolicyReference.ResolveAsync(credentials, database.CertificateAuthority, cancellationToken).ConfigureAwait(false);
        Stream stream = await ReplicaTransport.ConnectAsync(database, authority, threads, cancellationToken).ConfigureAwait(false);
        var connection = new ReplicaConnection(stream, database, authority);
        try
        {
            using var writer = new MessageWriter();
            StartupMessage.Write(writer, ReplicaStartup.Pairs(policy, clientSettings));
            await SendAsync(connection, writer, cancellationToken).ConfigureAwait(false);
            await ConverseAsync(connection, new LoginExchange(stream, password), writer, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch (Exception failure)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw failure is IOException ? new ReplicaFailedException("The replica closed the connection during the log-in.", cause: failure) : failure;
        }
    }

    private static async Task SendAsync(ReplicaConnection connection, MessageWriter writer, CancellationToken cancellationToken)
    {
        await connection.Stream.WriteAsync(writer.Written, cancellationToken).ConfigureAwait(false);
        await connection.Stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        writer.Clear();
    }

    private static async Task ConverseAsync(ReplicaConnection connection, LoginExchange exchange, MessageWriter writer, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (Frame.TryRead(connection.Incoming.Unread, MaximumReply, out Frame frame))
            {
                bool ready = exchange.Take(frame, connection, writer);
                connection.Incoming.Advance(frame.Length);
                if (ready)
                {
                    return;
                }
            }

            if (writer.Length > 0)
            {
                await SendAsync(connection, writer, cancellationToken).ConfigureAwait(false);
            }

            await connection.FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
