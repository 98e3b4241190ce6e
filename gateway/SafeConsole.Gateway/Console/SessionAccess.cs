using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Data;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>Whose a session is, and who may read it. A session that one may not know is answered like one that does not exist.</summary>
public sealed class SessionAccess(ConsoleSessions sessions, SessionIndex index)
{
    /// <summary>The caller's own living session, or null.</summary>
    public ConsoleSession? Own(Caller caller, string id) =>
        sessions.Find(id) is { } session && caller.Is(session.Owner.Person) ? session : null;

    /// <summary>The owner of a session that the caller may read, living or ended; else null.</summary>
    public async Task<Person?> ReadableAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        var owner = sessions.Find(id)?.Owner.Person;
        if (owner is null && await index.FindAsync(id, cancellationToken) is { } record)
            owner = new Person(record.Issuer, record.Subject, record.UserName);
        return owner is not null && (caller.Is(owner) || caller.May(Permission.ReviewRead)) ? owner : null;
    }

    /// <summary>Puts a watcher on the record of a living session; null when it has ended.</summary>
    public async Task<ConsoleSession?> BeginViewingAsync(Caller viewer, string id)
    {
        if (sessions.Find(id) is not { } session)
            return null;
        return await TryAppendAsync(session, new ViewerJoined(viewer.Person)) ? session : null;
    }

    /// <summary>Takes the watcher off again.</summary>
    public Task EndViewingAsync(Caller viewer, ConsoleSession session) => TryAppendAsync(session, new ViewerLeft(viewer.Person));

    // A session that ends at this moment takes no more events; its watchers end with it.
    private static async Task<bool> TryAppendAsync(ConsoleSession session, TranscriptEvent happened)
    {
        if (session.Ending.Ended.IsCompleted)
            return false;
        try
        {
            await session.Transcript.AppendAsync(happened, CancellationToken.None);
            return true;
        }
        catch (Exception closed) when (closed is TranscriptFailedException or InvalidOperationException)
        {
            return false;
        }
    }
}
