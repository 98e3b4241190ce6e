using Microsoft.EntityFrameworkCore;

namespace SafeConsole.Gateway.Data;

/// <summary>The gateway's own database: the index of sessions and OpenIddict's stores. It can be rebuilt from the transcripts.</summary>
public static class DataSetup
{
    /// <summary>Registers the SQLite file of `Data:Database`.</summary>
    public static void AddGatewayDatabase(this WebApplicationBuilder builder)
    {
        var file = Path.GetFullPath(builder.Configuration["Data:Database"] ?? "/var/lib/safeconsole/gateway.db");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var connection = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder { DataSource = file }.ConnectionString;
        builder.Services.AddDbContextFactory<GatewayDatabase>(options => options.UseSqlite(connection).UseOpenIddict());
    }

    /// <summary>A folder beside the database file.</summary>
    public static string Folder(IConfiguration configuration, string name) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(configuration["Data:Database"] ?? "/var/lib/safeconsole/gateway.db"))!, name);

    /// <summary>Brings the database to the newest schema, before anything uses it.</summary>
    public static async Task MigrateDatabaseAsync(this WebApplication app)
    {
        await using var database = await app.Services.GetRequiredService<IDbContextFactory<GatewayDatabase>>().CreateDbContextAsync();
        await database.Database.MigrateAsync();
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL");
    }
}
