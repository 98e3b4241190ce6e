using System.Diagnostics;

namespace SafeConsole.Runners.Tests.Hosting;

/// <summary>How long a test waits before it fails.</summary>
internal static class Deadline
{
    public static TimeSpan Usual { get; } = TimeSpan.FromSeconds(20);

    /// <summary>Asks again and again, for things that send no signal, such as a process that goes. False when the time is over.</summary>
    public static async Task<bool> BecomesTrueAsync(Func<bool> condition, TimeSpan within)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > within)
                return false;
            await Task.Delay(10);
        }
        return true;
    }
}
