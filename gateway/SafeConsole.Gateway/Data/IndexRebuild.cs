using Microsoft.EntityFrameworkCore;
using SafeConsole.Gateway.Console;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Data;

/// <summary>Writes the rows that the index lacks, from the transcripts. The transcripts are the truth; the index is a convenience.</summary>
public sealed class IndexRebuild(IDbContextFactory<GatewayDatabase> databases, ITranscriptStore transcripts, ILogger<IndexRebuild> log)
{
    /// <summary>Indexes every transcript that has no row, or a row without an end. Returns how many.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var complete = await database.Sessions.AsNoTracking().Where(record => record.EndedAt != null).Select(record => record.Id).ToHashSetAsync(cancellationToken);
        var count = 0;
        await foreach (var listing in transcripts.ListAsync(cancellationToken))
        {
            if (complete.Contains(listing.Session) || await ReadAsync(listing.Session, cancellationToken) is not { } record)
                continue;
            var row = database.Sessions.Where(old => old.Id == record.Id);
            // What the target was called then stands in no transcript.
            record.Title = await row.Select(old => old.Title).FirstOrDefaultAsync(cancellationToken) ?? record.Title;
            await row.ExecuteDeleteAsync(cancellationToken);
            database.Sessions.Add(record);
            await database.SaveChangesAsync(cancellationToken);
            database.ChangeTracker.Clear();
            count++;
        }

        return count;
    }

    private async Task<SessionRecord?> ReadAsync(string session, CancellationToken cancellationToken)
    {
        try
        {
            SessionRecord? record = null;
            var tally = new SessionTally();
            await foreach (var line in transcripts.ReadAsync(session, 1, follow: false, cancellationToken))
            {
                var parsed = TranscriptFormat.Parse(line.Json.Span);
                tally.Add(parsed.Happened);
                record = Take(record, parsed);
            }

            record?.Take(tally.Counts);
            return record;
        }
        catch (Exception damaged) when (damaged is InvalidDataException or IOException)
        {
            ConsoleLog.TranscriptUnreadable(log, session, damaged);
            return null;
        }
    }

    private static SessionRecord? Take(SessionRecord? record, TranscriptRecord parsed)
    {
        if (parsed.Happened is SessionOpened opened)
            return From(opened, parsed.At);
        if (record is not null)
        {
            // A transcript without its end, because it failed, ends with its last event.
            var ended = parsed.Happened as SessionEnded;
            record.EndedAt = parsed.At;
            record.EndReason = ended?.Reason;
            record.EndSentence = ended?.Sentence;
        }

        return record;
    }

    private static SessionRecord From(SessionOpened opened, DateTimeOffset at) => new()
    {
        Id = opened.Session,
        Issuer = opened.User.Issuer,
        Subject = opened.User.Subject,
        UserName = opened.User.Name,
        Target = opened.Target,
        Title = opened.Target,
        Option = opened.Option,
        Reason = opened.Reason,
        PolicyRevision = opened.PolicyRevision,
        StartedAt = at,
        EndedAt = at,
    };
}
