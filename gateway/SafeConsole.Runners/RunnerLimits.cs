namespace SafeConsole.Runners;

/// <summary>What a runner may use: memory and disk in bytes, processes in number.</summary>
public sealed record RunnerLimits(long Memory, int Processes, long Disk);
