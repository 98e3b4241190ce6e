namespace SafeConsole.Runners;

/// <summary>What a runner has used of processors since its start, all together, and holds in memory, in bytes.</summary>
public sealed record RunnerUsage(TimeSpan Processor, long Memory);
