namespace SafeConsole.Gateway.Console;

/// <summary>Section `Console`: how many sessions there may be and how long their start may take.</summary>
public sealed class ConsoleOptions
{
    /// <summary>Running sessions of one person.</summary>
    public int SessionsPerPerson { get; set; } = 5;

    /// <summary>Running sessions in all.</summary>
    public int Sessions { get; set; } = 200;

    /// <summary>Runners that are started at the same time; further ones wait in the queue.</summary>
    public int ConcurrentLaunches { get; set; } = 4;

    /// <summary>Warm runners of all targets together, whatever their policies ask for.</summary>
    public int WarmRunners { get; set; } = 20;

    /// <summary>Warm runners that are booted at the same time.</summary>
    public int ConcurrentWarmBoots { get; set; } = 2;

    /// <summary>How long a warm runner waits for a session before it is replaced by a new one, in minutes.</summary>
    public int WarmMinutes { get; set; } = 60;

    /// <summary>How long a started runner's agent may take to link, in seconds.</summary>
    public int LinkSeconds { get; set; } = 60;

    /// <summary>Null, or what is wrong with these options in one sentence.</summary>
    public string? Problem() =>
        SessionsPerPerson < 1 || Sessions < 1 || ConcurrentLaunches < 1 || LinkSeconds < 1 || WarmRunners < 1 || ConcurrentWarmBoots < 1 || WarmMinutes < 1
            ? "Every number under Console must be at least 1."
            : null;
}
