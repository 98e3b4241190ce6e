namespace SafeConsole.Runners;

/// <summary>What a runner may use: memory and disk in bytes, processes in number (threads count), and processors, of which 0.5 is half a one.</summary>
public sealed record RunnerLimits(long Memory, int Processes, long Disk, double Processors);
