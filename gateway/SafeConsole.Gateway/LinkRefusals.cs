using SafeConsole.Gateway.Console;
using SafeConsole.Gateway.Launching;

namespace SafeConsole.Gateway;

/// <summary>
/// Holds each refused link for half a second before it is answered. A link has one answer and its places are bounded, so a peer gets no more than its places' worth of refusals in that
/// time, however it asks.
/// </summary>
public sealed class LinkRefusals(TimeProvider time, ILogger<LinkArrival> log)
{
    /// <summary>How long a refused link waits for its answer.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    /// <summary>Completes when the link may be told that it is refused.</summary>
    public Task HoldAsync(string why)
    {
        ConsoleLog.LinkRefused(log, why);
        return Task.Delay(Pace, time);
    }
}
