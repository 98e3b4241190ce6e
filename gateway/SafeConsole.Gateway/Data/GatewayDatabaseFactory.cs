using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace SafeConsole.Gateway.Data;

/// <summary>For `dotnet ef migrations add NAME --output-dir Data/Migrations`; the running gateway does not use it.</summary>
public sealed class GatewayDatabaseFactory : IDesignTimeDbContextFactory<GatewayDatabase>
{
    /// <inheritdoc/>
    public GatewayDatabase CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<GatewayDatabase>().UseSqlite("Data Source=:memory:").UseOpenIddict().Options);
}
