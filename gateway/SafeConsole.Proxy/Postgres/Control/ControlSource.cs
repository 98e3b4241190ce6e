using System.Security.Cryptography.X509Certificates;
using Npgsql;
using SafeConsole.Policies;
using SafeConsole.Proxy.Postgres.Replicas;

namespace SafeConsole.Proxy.Postgres.Control;

/// <summary>Opens the gateway's own connections to a database, in the policy's role and protected as the policy says.</summary>
internal static class ControlSource
{
    // One for questions, one that ends what runs while a question waits.
    private const int Connections = 2;
    private const int Seconds = 10;

    /// <summary>Makes the source; it connects when it is first used. Throws <see cref="ReplicaFailedException"/> for an authority that is none.</summary>
    public static NpgsqlDataSource Create(DatabasePolicy database, string? authority, Func<CancellationToken, ValueTask<string>> password)
    {
        var builder = new NpgsqlDataSourceBuilder(Describe(database));
        if (database.Tls == TlsMode.VerifyFull && authority is not null)
        {
            X509Certificate2Collection trusted = ReplicaTls.ReadAuthority(authority);
            builder.UseRootCertificates(trusted);
        }

        builder.ConfigureTypeLoading(static types => types.EnableTypeLoading(false));
        builder.UsePasswordProvider(
            _ => throw new NotSupportedException("The control connection is opened asynchronously."),
            (_, cancellationToken) => password(cancellationToken));
        return builder.Build();
    }

    private static string Describe(DatabasePolicy database) => new NpgsqlConnectionStringBuilder
    {
        Host = database.Host,
        Port = database.Port,
        Database = database.Name,
        Username = database.Role,
        SslMode = database.Tls switch { TlsMode.Disable => SslMode.Disable, TlsMode.Require => SslMode.Require, _ => SslMode.VerifyFull },
        ApplicationName = "safeconsole-control",
        MaxPoolSize = Connections,
        Timeout = Seconds,
        CommandTimeout = Seconds,
        NoResetOnClose = true,
        Options = "-c default_transaction_read_only=on -c search_path=pg_catalog -c statement_timeout=10s -c quote_all_identifiers=off",
    }.ConnectionString;
}
