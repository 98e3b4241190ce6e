using System.Net.Sockets;
using Npgsql;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Proxy.Postgres.Catalogs;

namespace SafeConsole.Gateway.Commands;

/// <summary>The database that `--catalog` names.</summary>
internal static class CatalogSource
{
    /// <summary>Reads what names mean there for a role. Throws <see cref="CommandRefusedException"/>; its message repeats nothing of the connection string, which may hold a password.</summary>
    public static async Task<DatabaseCatalog> ReadAsync(string connection, string role, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Settings(connection));
        try
        {
            return await new CatalogReader(source, role).ReadAsync(cancellationToken);
        }
        catch (PostgresException failure) when (failure.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            throw new CommandRefusedException($"The database of --catalog cannot say what names mean to the policy's role `{role}`: {failure.MessageText}.");
        }
        catch (Exception failure) when (failure is NpgsqlException or SocketException or TimeoutException or IOException)
        {
            throw new CommandRefusedException($"The database of --catalog cannot be read: {(failure as PostgresException)?.MessageText ?? failure.Message}");
        }
    }

    private static NpgsqlConnectionStringBuilder Settings(string connection)
    {
        try
        {
            var settings = ConnectionUri.Is(connection) ? ConnectionUri.Read(new Uri(connection)) : new NpgsqlConnectionStringBuilder(connection);
            settings.Pooling = false;
            settings.ApplicationName ??= "SafeConsole statements judge";
            return settings.Host is null ? throw new CommandRefusedException("--catalog names no host.") : settings;
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException)
        {
            throw new CommandRefusedException("--catalog is not a connection string; write it as Host=…;Port=…;Database=…;Username=… or as postgres://user@host:port/database.");
        }
    }
}
