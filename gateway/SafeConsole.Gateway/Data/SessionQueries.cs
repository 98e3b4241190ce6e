using System.Globalization;
using Microsoft.EntityFrameworkCore;
using SafeConsole.Gateway.Review;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Data;

/// <summary>Lists from the index, newest first, paged by key. Nothing is counted: an exact count over all sessions is what takes such systems down.</summary>
public sealed class SessionQueries(IDbContextFactory<GatewayDatabase> databases)
{
    /// <summary>A person's newest sessions.</summary>
    public async Task<IReadOnlyList<SessionRecord>> OfOwnerAsync(Person owner, int limit, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Sessions.AsNoTracking()
            .Where(record => record.Issuer == owner.Issuer && record.Subject == owner.Subject)
            .OrderByDescending(record => record.StartedAt).ThenByDescending(record => record.Id)
            .Take(limit).ToListAsync(cancellationToken);
    }

    /// <summary>A page of all sessions that fit the filter, and the key of the next page or null. Throws <see cref="FormatException"/> for a wrong key.</summary>
    public async Task<(IReadOnlyList<SessionRecord> Items, string? Next)> ReviewAsync(ReviewFilter filter, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var limit = Math.Clamp(filter.Limit ?? 50, 1, 200);
        var items = await Filtered(database.Sessions.AsNoTracking(), filter)
            .OrderByDescending(record => record.StartedAt).ThenByDescending(record => record.Id)
            .Take(limit + 1).ToListAsync(cancellationToken);
        return items.Count <= limit ? (items, null) : (items[..limit], KeyOf(items[limit - 1]));
    }

    private static IQueryable<SessionRecord> Filtered(IQueryable<SessionRecord> records, ReviewFilter filter)
    {
        if (!string.IsNullOrEmpty(filter.User))
            records = records.Where(record => record.Subject == filter.User || EF.Functions.Like(record.UserName, "%" + Escaped(filter.User) + "%", "\\"));
        if (!string.IsNullOrEmpty(filter.Target))
            records = records.Where(record => record.Target == filter.Target);
        if (filter.From is { } from)
            records = records.Where(record => record.StartedAt >= from);
        if (filter.To is { } to)
            records = records.Where(record => record.StartedAt < to);
        if (filter.DeniedOnly == true)
            records = records.Where(record => record.Denied > 0);
        if (filter.State is { } state)
            records = state == "ended" ? records.Where(record => record.EndedAt != null) : records.Where(record => record.EndedAt == null);
        if (filter.Before is { } before)
        {
            var (startedAt, id) = ParseKey(before);
            records = records.Where(record => record.StartedAt < startedAt || (record.StartedAt == startedAt && string.Compare(record.Id, id) < 0));
        }

        return records;
    }

    private static string Escaped(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);

    private static string KeyOf(SessionRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.StartedAt.UtcTicks}.{record.Id}");

    private static (DateTimeOffset StartedAt, string Id) ParseKey(string key) =>
        key.Split('.') is [var ticks, var id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var utc) && utc <= DateTime.MaxValue.Ticks
            ? (new DateTimeOffset(utc, TimeSpan.Zero), id)
            : throw new FormatException("`before` is not a key that this list gave.");
}
