using SafeConsole.Runners;

namespace SafeConsole.Gateway.Launching;

/// <summary>The warm runners of one target, and how the boots of the last time went. Thread-safe.</summary>
public sealed class WarmShelf(string target, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    private readonly Lock gate = new();
    private readonly List<WarmRunner> ready = [];
    private int booting;
    private int failures;
    private TimeSpan pause;
    private long failedAt;

    /// <summary>The target's name.</summary>
    public string Target => target;

    /// <summary>Why the last boot failed, in a sentence; null when it did not.</summary>
    public string? Problem { get; private set; }

    /// <summary>Runners that wait, and such as are being booted.</summary>
    public (int Ready, int Booting) Counts
    {
        get
        {
            lock (gate)
                return (ready.Count, booting);
        }
    }

    /// <summary>The waiting runners as they are now.</summary>
    public IReadOnlyList<WarmRunner> Ready
    {
        get
        {
            lock (gate)
                return [.. ready];
        }
    }

    /// <summary>The runner has waited long enough to count as a success, or was given out. One that is older than the last failure says nothing about it.</summary>
    public void Succeeded(WarmRunner runner)
    {
        lock (gate)
        {
            if (failures > 0 && runner.Since < failedAt)
                return;
            failures = 0;
            Problem = null;
        }
    }

    /// <summary>Takes the longest waiting runner of this launcher and shape that can still be used; null where there is none. Nobody gets it twice.</summary>
    public WarmRunner? Take(string launcher, RunnerShape shape)
    {
        lock (gate)
        {
            var found = ready.FindIndex(warm => warm.Booted.Launcher == launcher && warm.Booted.Shape == shape && warm.Booted.Fault is null);
            if (found < 0)
                return null;
            var runner = ready[found];
            ready.RemoveAt(found);
            return runner;
        }
    }

    /// <summary>Takes this very runner off, to be disposed; false when a session was faster.</summary>
    public bool Drop(WarmRunner runner)
    {
        lock (gate)
            return ready.Remove(runner);
    }

    /// <summary>True, and counted as booting, when one more is wanted and the pause after a failure is over.</summary>
    public bool TryBeginBoot(int wanted)
    {
        lock (gate)
        {
            if (ready.Count + booting >= wanted || (failures > 0 && time.GetElapsedTime(failedAt) < pause))
                return false;
            booting++;
            return true;
        }
    }

    /// <summary>A boot that was begun has brought a runner.</summary>
    public void Booted(WarmRunner runner)
    {
        lock (gate)
        {
            booting--;
            ready.Add(runner);
        }
    }

    /// <summary>A runner that waited ended by itself, or lost its link, right after its boot: as good as a boot that failed.</summary>
    public void Crashed(string problem)
    {
        lock (gate)
            Pause(problem);
    }

    /// <summary>A boot that was begun has failed; the pause until the next, which doubles up to five minutes.</summary>
    public TimeSpan Failed(string problem)
    {
        lock (gate)
        {
            booting--;
            return Pause(problem);
        }
    }

    private TimeSpan Pause(string problem)
    {
        Problem = problem;
        failedAt = time.GetTimestamp();
        return pause = TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << Math.Min(failures++, 16)));
    }
}
