using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Proxy.Postgres.Catalogs;
using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>
/// What the gateway knows about one database by connections of its own: what its names mean, and that it still is a replica. Shared by all sessions on it. Thread-safe.
/// </summary>
internal sealed class ReplicaControl(DatabasePolicy database, ICredentialSource credentials, TimeProvider time) : IAsyncDisposable
{
    // A fingerprint that takes long is asked for at most so often that it takes this part of the control connection's time.
    private const int FingerprintShare = 10;
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim asking = new(1);
    private NpgsqlDataSource? source;
    private CatalogReader? reader;
    private DatabaseCatalog? catalog;
    private ReplicaPosition? known;
    private long checkedAt;
    private long nextFingerprint;
    private (long At, ReplicaFailedException Why)? failed;
    private volatile bool inRecovery;

    /// <summary>The catalog as of the last check. Throws when there was none.</summary>
    public DatabaseCatalog Catalog => Volatile.Read(ref catalog) ?? throw new ReplicaFailedException("The replica's catalog was not read yet.");

    /// <summary>Whether the server was in recovery at the last check.</summary>
    public bool InRecovery => inRecovery;

    /// <summary>The timestamp of the last check that succeeded, taken before it asked; 0 for none.</summary>
    public long CheckedAt => Interlocked.Read(ref checkedAt);

    /// <summary>
    /// Asks the server anew, and reads the catalog where it changed. Those that wait while another asks are all served by the next one's answer, or by its failure: a server
    /// that hangs is waited for once and not once for each session. Throws <see cref="ReplicaFailedException"/> when the server does not answer.
    /// </summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        long since = time.GetTimestamp();
        await asking.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (failed is { } failure && failure.At >= since)
            {
                throw failure.Why;
            }

            if (CheckedAt < since)
            {
                await AskOrFailAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>
    /// Ends a server process that did not stop by itself, if it still is the one that was started then. False when it is gone already. Throws
    /// <see cref="ReplicaFailedException"/>.
    /// </summary>
    public async Task<bool> TerminateAsync(ServerProcess process, CancellationToken cancellationToken)
    {
        try
        {
            await using NpgsqlCommand command = (await OpenAsync(cancellationToken).ConfigureAwait(false)).CreateCommand(
                "SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_get_activity($1) WHERE EXTRACT(epoch FROM backend_start)::text = $2");
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = process.Id });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = process.Started });
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
        {
            throw new ReplicaFailedException($"The replica did not end a process that was to be ended: {failure.Message}", (failure as PostgresException)?.SqlState, failure);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (source is not null)
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }

        asking.Dispose();
    }

    private async Task AskOrFailAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        try
        {
            await AskAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not (OperationCanceledException or ReplicaFailedException))
        {
            var why = new ReplicaFailedException($"The replica did not answer the gateway's own questions: {failure.Message}", (failure as PostgresException)?.SqlState, failure);
            failed = (started, why);
            throw why;
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        NpgsqlDataSource open = await OpenAsync(cancellationToken).ConfigureAwait(false);
        ReplicaPosition now = await ReplicaPosition.AskAsync(open, cancellationToken).ConfigureAwait(false);
        inRecovery = now.InRecovery;
        if (catalog is null || (now != known && time.GetTimestamp() >= nextFingerprint))
        {
            await RefreshAsync(cancellationToken).ConfigureAwait(false);
            known = now;
        }

        Interlocked.Exchange(ref checkedAt, started);
    }

    private async Task RefreshAsync(CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        string? version = catalog is null ? null : await reader!.AskVersionAsync(cancellationToken).ConfigureAwait(false);
        long asked = time.GetTimestamp();
        if (version is null || version != catalog!.Version)
        {
            Volatile.Write(ref catalog, await reader!.ReadAsync(cancellationToken).ConfigureAwait(false));
        }

        nextFingerprint = time.GetElapsedTime(started, asked) > Long ? asked + ((asked - started) * FingerprintShare) : 0;
    }

    private async ValueTask<NpgsqlDataSource> OpenAsync(CancellationToken cancellationToken)
    {
        if (source is null)
        {
            string? authority = await PolicyReference.ResolveAsync(credentials, database.CertificateAuthority, cancellationToken).ConfigureAwait(false);
            NpgsqlDataSource opened = ControlSource.Create(database, authority, PasswordAsync);
            if (Interlocked.CompareExchange(ref source, opened, null) is not null)
            {
                await opened.DisposeAsync().ConfigureAwait(false);
            }

            reader = new CatalogReader(source, database.Role);
        }

        return source;
    }

    private async ValueTask<string> PasswordAsync(CancellationToken cancellationToken) =>
        await PolicyReference.ResolveAsync(credentials, database.Credential, cancellationToken).ConfigureAwait(false) ?? "";
}
