using System.Net.WebSockets;
using SafeConsole.Agent.Link;

namespace SafeConsole.Agent.Reports;

/// <summary>Tells the gateway once a second what the runner uses.</summary>
internal static class UsageReporter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Goes on until the link is over.</summary>
    public static async Task RunAsync(TerminalLink link)
    {
        try
        {
            using var timer = new PeriodicTimer(Interval);
            while (await timer.WaitForNextTickAsync())
            {
                var (processor, memory) = ProcessTotals.Read();
                await link.SendAsync(FrameKind.Usage, new UsageFrame(processor, memory), LinkJson.Default.UsageFrame);
            }
        }
        catch (Exception gone) when (gone is WebSocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The link is over, and so is the runner.
        }
    }
}
