using System.Net.WebSockets;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Reports;

/// <summary>
/// The agent's own log, for the people who run SafeConsole: to standard error, where the engine takes it up, and by the link where the gateway
/// cannot read that. Nothing of the terminal and no secret is written here.
/// </summary>
internal static class AgentLog
{
    private const int LongestLine = 1000;

    private static TerminalLink? link;

    /// <summary>From now on lines go by the link too.</summary>
    public static void Forward(TerminalLink to) => link = to;

    /// <summary>One line of what happened. Lines of failures are written without this and its prefix, and tell the gateway why the runner ended.</summary>
    public static void Say(string text)
    {
        var line = "agent: " + text;
        Console.Error.WriteLine(line);
        if (link is { } to)
            _ = SendAsync(to, line.Length > LongestLine ? line[..LongestLine] : line);
    }

    private static async Task SendAsync(TerminalLink to, string line)
    {
        try
        {
            await to.SendAsync(FrameKind.Log, new LogFrame(line), LinkJson.Default.LogFrame);
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The link is over, and so is the runner.
        }
    }
}
