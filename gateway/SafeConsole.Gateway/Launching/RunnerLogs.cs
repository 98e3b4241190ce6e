using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>The logs of the runners of the last 300 sessions, so that a launch that failed can be looked into.</summary>
public sealed class RunnerLogs
{
    private const int Kept = 300;
    private const int MostPerConnection = 16;

    private readonly Lock gate = new();
    private readonly Places<string> followers = new();
    private readonly Dictionary<string, RunnerLog> logs = [];
    private readonly Queue<string> order = [];

    /// <summary>Keeps the log of a session's runner.</summary>
    public void Keep(string session, RunnerLog log)
    {
        lock (gate)
        {
            if (!logs.TryAdd(session, log))
                return;
            order.Enqueue(session);
            if (order.Count > Kept)
                logs.Remove(order.Dequeue());
        }
    }

    /// <summary>A place for one more stream of a connection, given back when it is disposed; null when the connection has 16.</summary>
    public IDisposable? TryFollow(string connection) => followers.TryTake(connection, MostPerConnection);

    /// <summary>The log of a session's runner; null where it is not kept any more, or never was.</summary>
    public RunnerLog? Find(string session)
    {
        lock (gate)
            return logs.GetValueOrDefault(session);
    }
}
