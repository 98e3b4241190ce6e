using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>Looks twice a second at what a whole runner holds in memory, for the kernel's limit without cgroups is per process only.</summary>
internal static class MemoryWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns a sentence when the runner holds more than its limit; throws <see cref="OperationCanceledException"/> when told to end.</summary>
    public static async Task<string> WaitForExcessAsync(ProcessIdentity runner, long limit, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            if (ProcessFamily.MemoryOf(runner.Id) is var used && used > limit)
                return $"The runner used {used >> 20} MiB of memory; its limit is {limit >> 20} MiB.";
        }
    }
}
