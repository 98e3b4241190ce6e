using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// Looks twice a second at what a whole runner holds: memory, for the kernel's limit without cgroups is per process only; sockets; and pseudo-terminals, where the kernel could not be
/// given a limit (<see cref="PseudoTerminals.TryLimit"/>).
/// </summary>
internal static class SandboxWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Returns a sentence when the runner holds more than its limits; throws <see cref="OperationCanceledException"/> when told to end.</summary>
    public static async Task<string> WaitForExcessAsync(ProcessIdentity runner, long memory, int terminals, int sockets, TimeProvider time, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (true)
        {
            await timer.WaitForNextTickAsync(cancellationToken);
            if (ProcessFamily.MemoryOf(runner.Id) is var used && used > memory)
                return $"The runner used {used >> 20} MiB of memory; its limit is {memory >> 20} MiB.";
            if (PseudoTerminals.CountOf(runner.Id) is var open && open > terminals)
                return $"The runner opened {open} pseudo-terminals, which the whole host shares; its limit is {terminals}.";
            if (RunnerSockets.CountOf(runner.Id) is var count && count > sockets)
                return RunnerSockets.Sentence(count, sockets);
        }
    }
}
