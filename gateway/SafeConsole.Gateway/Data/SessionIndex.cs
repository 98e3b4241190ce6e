using Microsoft.EntityFrameworkCore;
using SafeConsole.Gateway.Console;

namespace SafeConsole.Gateway.Data;

/// <summary>Writes and reads the index of sessions. A row that cannot be written is written from the transcript at the next start.</summary>
public sealed class SessionIndex(IDbContextFactory<GatewayDatabase> databases, TimeProvider time, ILogger<SessionIndex> log)
{
    /// <summary>A session was opened.</summary>
    public Task OpenedAsync(ConsoleSession session) => TryAsync(session.Id, async database =>
    {
        database.Sessions.Add(new SessionRecord
        {
            Id = session.Id,
            Issuer = session.Owner.Person.Issuer,
            Subject = session.Owner.Person.Subject,
            UserName = session.Owner.Person.Name,
            Target = session.Target.Name,
            Title = session.Target.Title,
            Option = session.Option.Name,
            Reason = session.Reason,
            PolicyRevision = session.PolicyRevision,
            StartedAt = session.StartedAt,
        });
        await database.SaveChangesAsync();
    });

    /// <summary>A session is over.</summary>
    public Task EndedAsync(ConsoleSession session, SessionEnding ending) => TryAsync(session.Id, async database =>
    {
        if (await database.Sessions.FindAsync(session.Id) is not { } record)
            return;
        record.EndedAt = time.GetUtcNow();
        record.EndReason = ending.Reason;
        record.EndSentence = ending.Sentence;
        record.Take(session.Counts);
        await database.SaveChangesAsync();
    });

    /// <summary>The row of a session, or null.</summary>
    public async Task<SessionRecord?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.Sessions.AsNoTracking().FirstOrDefaultAsync(record => record.Id == id, cancellationToken);
    }

    private async Task TryAsync(string session, Func<GatewayDatabase, Task> write)
    {
        try
        {
            await using var database = await databases.CreateDbContextAsync();
            await write(database);
        }
        catch (Exception failure) when (failure is DbUpdateException or Microsoft.Data.Sqlite.SqliteException)
        {
            ConsoleLog.IndexFailed(log, session, failure);
        }
    }
}
