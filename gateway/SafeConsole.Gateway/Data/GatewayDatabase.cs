using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SafeConsole.Gateway.Data;

/// <summary>The index of sessions, beside OpenIddict's tables.</summary>
public sealed class GatewayDatabase(DbContextOptions<GatewayDatabase> options) : DbContext(options)
{
    /// <summary>One row for every session that has a transcript.</summary>
    public DbSet<SessionRecord> Sessions => Set<SessionRecord>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicks>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var session = modelBuilder.Entity<SessionRecord>();
        session.HasKey(record => record.Id);
        session.Property(record => record.Id).HasMaxLength(64);
        session.Property(record => record.EndReason).HasConversion<string>();
        session.HasIndex(record => new { record.StartedAt, record.Id });
        session.HasIndex(record => new { record.Issuer, record.Subject, record.StartedAt });
        session.HasIndex(record => new { record.Target, record.StartedAt });
        session.HasIndex(record => new { record.Denied, record.StartedAt });
    }

    /// <summary>SQLite has no time type that sorts; ticks of UTC do.</summary>
    private sealed class UtcTicks() : ValueConverter<DateTimeOffset, long>(
        time => time.UtcTicks,
        ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
