using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using SafeConsole.Gateway.Authentication;
using SafeConsole.Gateway.Launching;
using SafeConsole.Runners;
using SafeConsole.Transcripts;
using SafeConsole.Transcripts.Events;

namespace SafeConsole.Gateway.Console;

/// <summary>A session's terminal: follow, type, resize, end. Who the caller is and whether the session is theirs is checked at every call.</summary>
public sealed class ConsoleHub(SessionAccess access, TranscriptFollower follower, FollowWindows windows, RunnerLogs logs, CallerReader callers) : Hub
{
    /// <summary>
    /// The session's transcript from an event on, then as it grows, until it is closed. At most 512 KiB go unacknowledged. For the
    /// owner and for reviewers; a reviewer who watches a living session is on its record.
    /// </summary>
    [RequirePermission(Permission.SessionRead)]
    public async IAsyncEnumerable<FollowBatch> Follow(string sessionId, long fromNumber, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var caller = Caller;
        if (fromNumber < 1 || await access.ReadableAsync(caller, sessionId, cancellationToken) is not { } owner)
            throw NotYours();
        var window = windows.Open(Context.ConnectionId, sessionId, caller.Is(owner)) ?? throw new HubException("This connection follows too many sessions; close some.");
        var viewing = caller.Is(owner) ? null : await access.BeginViewingAsync(caller, sessionId);
        try
        {
            await foreach (var batch in follower.FollowAsync(sessionId, fromNumber, window, cancellationToken))
                yield return batch;
        }
        finally
        {
            windows.Close(Context.ConnectionId, window);
            if (viewing is not null)
                await access.EndViewingAsync(caller, viewing);
        }
    }

    /// <summary>
    /// The log of a session's runner, what its agent and its engine say: the last thousand lines, then those that come, until the runner is gone. For SREs,
    /// for any session of the last 300; nothing of a terminal is in it.
    /// </summary>
    [RequirePermission(Permission.OperationsRead)]
    public async IAsyncEnumerable<IReadOnlyList<RunnerLogLine>> FollowRunnerLog(string sessionId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var log = logs.Find(sessionId) ?? throw new HubException("There is no such session, or its runner's log is not kept any more.");
        using var place = logs.TryFollow(Context.ConnectionId) ?? throw new HubException("This connection follows too many logs; close some.");
        await foreach (var batch in log.FollowAsync(cancellationToken))
        {
            // A message holds 64 lines, each of 2,000 characters at most.
            foreach (var part in batch.Chunk(64))
                yield return part;
        }
    }

    /// <summary>The caller has shown everything up to this event.</summary>
    [RequirePermission(Permission.SessionRead)]
    public void Acknowledge(string sessionId, long number)
    {
        var sent = windows.Acknowledge(Context.ConnectionId, sessionId, number);
        if (access.Own(Caller, sessionId) is { } session)
            session.Lag.Acknowledge(sent);
    }

    /// <summary>Types into the terminal, at most 64 KiB; completes when it was recorded and sent. For the owner.</summary>
    [RequirePermission(Permission.ConsoleOpen)]
    public async Task Input(string sessionId, byte[] data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.Length > TerminalPump.LongestInput)
            throw new HubException("One input holds at most 64 KiB; send it in parts.");
        if (data.Length > 0)
            await ToTerminalAsync(sessionId, (terminal, session) => terminal.InputAsync(data, session.Ending.Token));
    }

    /// <summary>Sets the terminal's size in character cells. For the owner.</summary>
    [RequirePermission(Permission.ConsoleOpen)]
    public async Task Resize(string sessionId, int columns, int rows)
    {
        if (!TerminalSize.IsValid(columns, rows))
            throw new HubException(TerminalSize.Rule);
        if (access.Own(Caller, sessionId) is not { } own)
            throw NotYours();
        own.Size = (columns, rows);
        if (own.Terminal is not null)
            await ToTerminalAsync(sessionId, (terminal, session) => terminal.ResizeAsync(columns, rows, session.Ending.Token));
    }

    /// <summary>Ends the session; completes when its runner is gone and its transcript closed. For the owner.</summary>
    [RequirePermission(Permission.ConsoleOpen)]
    public async Task End(string sessionId)
    {
        if (access.Own(Caller, sessionId) is not { } session)
            throw NotYours();
        session.Ending.TryEnd(SessionEndReason.EndedByOwner, $"Ended by {session.Owner.Person.Name}.");
        await session.Closed;
    }

    private Caller Caller => callers.Read(Context.User) ?? throw NotYours();

    private async Task ToTerminalAsync(string sessionId, Func<TerminalPump, ConsoleSession, Task> act)
    {
        if (access.Own(Caller, sessionId) is not { } session)
            throw NotYours();
        if (session.Terminal is not { } terminal)
            throw new HubException("The session is still starting; its terminal is not there yet.");
        try
        {
            await act(terminal, session);
        }
        catch (InputRefusedException refused)
        {
            throw new HubException(refused.Message);
        }
        catch (Exception gone) when (session.Ending.Ended.IsCompleted || gone is TranscriptFailedException or System.Net.WebSockets.WebSocketException)
        {
            throw new HubException("The session has ended.");
        }
    }

    private static HubException NotYours() => new("There is no such session, or it is not yours.");
}
