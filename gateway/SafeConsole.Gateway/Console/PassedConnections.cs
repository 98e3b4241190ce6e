using System.Net.Sockets;
using SafeConsole.Gateway.Launching;
using SafeConsole.Proxy.Threads;
using SafeConsole.Runners.Sockets;
using SafeConsole.Transcripts;

namespace SafeConsole.Gateway.Console;

/// <summary>Serves database connections whose client's own socket an agent passed on, so that no byte of them goes through the agent.</summary>
public sealed class PassedConnections(ConsoleSessions sessions, RelayThreads threads, ILogger<LinkArrival> log)
{
    /// <summary>Answers the agent, closes its link, and serves what came by it until the database connection is over. Never throws for what the agent or the client did.</summary>
    public async Task ServeAsync(Socket link)
    {
        using var _ = link;
        using var passed = PassedSocket.TryReceive(link);
        if (passed is null || SessionOf(passed.Key) is not { Database: { } database } session)
        {
            ConsoleLog.LinkRefused(log, passed is null ? "it passes no socket of a database client" : "its key belongs to no living session");
            Answer(link, PassedSocket.Refused);
            return;
        }

        using var own = threads.TryTake();
        Answer(link, own is null ? PassedSocket.Busy : PassedSocket.Accepted);
        link.Dispose();
        if (own is not null)
            await RelayAsync(session, database, passed.Socket, own);
    }

    private static async Task RelayAsync(ConsoleSession session, ISessionDatabase database, Socket client, RelayThreadPair own)
    {
        try
        {
            await database.RelayAsync(client, own, session.Ending.Token);
        }
        catch (Exception gone) when (session.Ending.Ended.IsCompleted || gone is IOException or OperationCanceledException or TranscriptFailedException)
        {
            // The connection went away with its session or its client; both are on record elsewhere.
        }
    }

    private ConsoleSession? SessionOf(string key) => sessions.All.FirstOrDefault(known => known.Key.Fits(key)) is { Ending.Ended.IsCompleted: false } session ? session : null;

    private static void Answer(Socket link, byte answer)
    {
        try
        {
            link.Send([answer]);
        }
        catch (SocketException)
        {
            // The agent gave up; the client's socket says the same.
        }
    }
}
