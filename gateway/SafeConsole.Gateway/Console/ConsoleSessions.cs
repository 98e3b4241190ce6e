using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using SafeConsole.Gateway.Data;
using SafeConsole.Policies;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>The sessions that live in this gateway, bounded for each person and in all.</summary>
public sealed class ConsoleSessions(
    ITranscriptStore transcripts, SessionLife life, SessionIndex index, SessionPush push, PolicyStore policies, IOptions<ConsoleOptions> options, TimeProvider time, ILogger<ConsoleSessions> log)
{
    private const int RememberedEndings = 1000;
    private readonly Lock gate = new();
    private readonly Dictionary<string, string> owners = [];
    private readonly ConcurrentDictionary<string, ConsoleSession> live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SessionEnding> unrecorded = new(StringComparer.Ordinal);
    private bool closed;

    /// <summary>The living sessions.</summary>
    public IReadOnlyCollection<ConsoleSession> All => [.. live.Values];

    /// <summary>A living session, or null.</summary>
    public ConsoleSession? Find(string id) => live.GetValueOrDefault(id);

    /// <summary>The session whose agent has this key, while it lives and has not ended; else null.</summary>
    public ConsoleSession? FindByKey(string key) =>
        live.Values.FirstOrDefault(known => known.Key.Fits(key)) is { Ending.Ended.IsCompleted: false } session ? session : null;

    /// <summary>The ending of a session that could not be put on record, because its transcript failed before or with it; null for all others.</summary>
    public SessionEnding? UnrecordedEnding(string id) => unrecorded.GetValueOrDefault(id);

    /// <summary>
    /// Opens a session; completes when its first event is on record, with the launch under way. Throws <see cref="SessionLimitException"/>, or
    /// <see cref="TranscriptFailedException"/> when it cannot be recorded and therefore must not be.
    /// </summary>
    public async Task<ConsoleSession> OpenAsync(SessionRequest request, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow()).ToString();
        Reserve(id, request.Owner.Key);
        try
        {
            var session = await RecordAsync(id, request, cancellationToken);
            live[id] = session;
            session.Closed = LiveAsync(session);
            // A policy change in between has not seen this session.
            PolicyWithdrawal.Check(policies.Current, session);
            // A gateway that began to stop in between has not seen this session.
            if (closed)
                EndForShutdown(session);
            return session;
        }
        catch
        {
            Release(id);
            throw;
        }
    }

    /// <summary>Takes no more sessions and ends the living; completes when all are over.</summary>
    public Task CloseAsync()
    {
        lock (gate)
            closed = true;
        var sessions = All;
        if (sessions.Count > 0)
            ConsoleLog.Stopping(log, sessions.Count);
        foreach (var session in sessions)
            EndForShutdown(session);
        return Task.WhenAll(sessions.Select(session => session.Closed));
    }

    private void EndForShutdown(ConsoleSession session) =>
        session.Ending.TryEnd(SessionEndReason.GatewayShutdown,
            $"Ended because the gateway was stopped at {time.GetUtcNow():HH:mm} UTC, for example to be updated. Open a new session when it is back.");

    private static string Size(long bytes) => bytes % (1 << 20) == 0 ? $"{bytes >> 20:N0} MiB" : $"{bytes >> 10:N0} KiB";

    private async Task<ConsoleSession> RecordAsync(string id, SessionRequest request, CancellationToken cancellationToken)
    {
        var tally = new SessionTally();
        ConsoleSession? session = null;
        var limit = request.Target.Limits.Transcript;
        var transcript = new TalliedTranscript(await transcripts.CreateAsync(id, cancellationToken), tally, limit, () => session?.Ending.TryEnd(
            SessionEndReason.TranscriptLimit,
            $"Ended because its transcript reached {Size(limit)}, the size that the policy of {request.Target.Name} allows. Open a new session to go on."));
        session = new ConsoleSession(id, request, transcript, tally, time);
        try
        {
            await transcript.AppendAsync(
                new SessionOpened(id, request.Owner.Person, request.Target.Name, request.Option.Name, request.Reason, request.PolicyRevision, request.Columns, request.Rows),
                CancellationToken.None);
        }
        catch
        {
            session.Dispose();
            await transcript.DisposeAsync();
            throw;
        }
        ConsoleLog.SessionOpened(log, id, request.Target.Name, request.PolicyRevision);
        await index.OpenedAsync(session);
        return session;
    }

    private async Task LiveAsync(ConsoleSession session)
    {
        await Task.Yield();
        try
        {
            await push.ChangedAsync(session.Owner);
            await EndedAsync(session, await life.RunAsync(session));
        }
        catch (Exception failure)
        {
            ConsoleLog.SessionFailed(log, session.Id, failure);
            await GiveUpAsync(session);
        }

        live.TryRemove(session.Id, out _);
        Release(session.Id);
        session.Dispose();
        await push.ChangedAsync(session.Owner);
    }

    private Task EndedAsync(ConsoleSession session, SessionEnding ending)
    {
        if (!ending.IsRecorded && unrecorded.Count < RememberedEndings)
            unrecorded[session.Id] = ending;
        return index.EndedAsync(session, ending);
    }

    // Whoever follows the session waits for the end of its transcript, so it must have one even now.
    private async Task GiveUpAsync(ConsoleSession session)
    {
        session.Ending.TryEnd(SessionEndReason.LaunchFailed, SessionLife.ErrorSentence);
        await EndedAsync(session, await session.Ending.Ended with { IsRecorded = false });
        await session.Transcript.DisposeAsync();
    }

    private void Reserve(string id, string owner)
    {
        lock (gate)
        {
            if (closed)
                throw new SessionLimitException("The gateway is being stopped; try again when it is back.");
            if (owners.Count >= options.Value.Sessions)
                throw new SessionLimitException($"All {options.Value.Sessions} sessions of this gateway are in use; try again later.");
            if (owners.Values.Count(of => of == owner) >= options.Value.SessionsPerPerson)
                throw new SessionLimitException($"You have {options.Value.SessionsPerPerson} running sessions, which is the most for one person; end one of them first.");
            owners[id] = owner;
        }
    }

    private void Release(string id)
    {
        lock (gate)
            owners.Remove(id);
    }
}
