namespace SafeConsole.Gateway.Console;

/// <summary>The open streams of each connection; a connection has at most 16.</summary>
public sealed class FollowWindows
{
    private const int MostPerConnection = 16;
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<(string Session, bool IsOwner, FollowWindow Window)>> open = [];
    private TaskCompletionSource none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates it without streams.</summary>
    public FollowWindows() => none.SetResult();

    /// <summary>Completes when no stream is open.</summary>
    public Task None
    {
        get
        {
            lock (gate)
                return none.Task;
        }
    }

    /// <summary>True while the session's owner follows it. A reviewer who watches does not work in it.</summary>
    public bool IsAttached(string session)
    {
        lock (gate)
            return open.Values.Any(windows => windows.Exists(entry => entry.Session == session && entry.IsOwner));
    }

    /// <summary>Adds a stream's window; null when the connection has too many.</summary>
    public FollowWindow? Open(string connection, string session, bool isOwner)
    {
        lock (gate)
        {
            if (!open.TryGetValue(connection, out var windows))
                open[connection] = windows = [];
            if (windows.Count >= MostPerConnection)
                return null;
            var window = new FollowWindow();
            windows.Add((session, isOwner, window));
            if (none.Task.IsCompleted)
                none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return window;
        }
    }

    /// <summary>Removes it again.</summary>
    public void Close(string connection, FollowWindow window)
    {
        lock (gate)
        {
            if (open.TryGetValue(connection, out var windows) && windows.RemoveAll(entry => entry.Window == window) > 0 && windows.Count == 0)
                open.Remove(connection);
            if (open.Count == 0)
                none.TrySetResult();
            window.Dispose();
        }
    }

    /// <summary>Acknowledges on every stream of the session in this connection; the result is the furthest event that was really sent.</summary>
    public long Acknowledge(string connection, string session, long number)
    {
        lock (gate)
        {
            return open.TryGetValue(connection, out var windows)
                ? windows.Where(entry => entry.Session == session).Select(entry => entry.Window.Acknowledge(number)).DefaultIfEmpty().Max()
                : 0;
        }
    }
}
