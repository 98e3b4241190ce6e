namespace SafeConsole.Runners.Docker;

/// <summary>What the engine tells about one container while it runs: lines for the runner's log, and when memory ran out.</summary>
internal sealed class ContainerEvents(RunnerLog log)
{
    private const string CommandRun = "exec_start: ";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private long lastOutOfMemory;

    /// <summary>The signal that somebody sent to the container by the engine last; null where nobody did.</summary>
    public string? Signal { get; private set; }

    /// <summary>Takes an event by the engine's name for it, and its time in nanoseconds since 1970.</summary>
    public void Take(string action, long nanoseconds, IDictionary<string, string>? attributes)
    {
        if (action == "oom")
            Interlocked.Exchange(ref lastOutOfMemory, nanoseconds);
        if (action == "kill")
            Signal = attributes?["signal"];
        if (Line(action, attributes) is { } line)
            log.Add("engine", line);
    }

    /// <summary>True where memory ran out just before the end. The engine's flag stays up for ever once any process of the container was killed for it.</summary>
    public bool WasFatal(ContainerEnd end)
    {
        var last = Interlocked.Read(ref lastOutOfMemory);
        if (last == 0 || end.At is null)
            return end.OutOfMemory;
        return end.At.Value - DateTimeOffset.UnixEpoch.AddTicks(last / TimeSpan.NanosecondsPerTick) < Soon;
    }

    private static string? Line(string action, IDictionary<string, string>? attributes) => action switch
    {
        "oom" => "the memory limit was reached, and the kernel killed a process of the runner",
        "kill" => $"the container was sent signal {attributes?["signal"]} by the engine",
        "die" => $"the container ended with code {attributes?["exitCode"]}",
        "pause" => "the container was paused on the engine",
        "unpause" => "the container was resumed on the engine",
        "update" => "the container's limits were changed on the engine",
        _ when action.StartsWith(CommandRun, StringComparison.Ordinal) => "somebody ran a command in the container by the engine: " + ProgramOf(action[CommandRun.Length..]),
        _ => null,
    };

    // The rest of a command line may hold a secret.
    private static string ProgramOf(string command) => command.TrimStart().Split(' ', 2)[0];
}
