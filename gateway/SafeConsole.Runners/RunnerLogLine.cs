namespace SafeConsole.Runners;

/// <summary>A line about a runner, without control characters: when it came, and from whom, `agent` or `engine`.</summary>
public sealed record RunnerLogLine(DateTimeOffset Time, string Source, string Text);
