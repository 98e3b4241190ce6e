namespace SafeConsole.Runners.Frames;

/// <summary>What the runner has used of processors since its start, in seconds, and holds in memory, in bytes, as its agent sees it.</summary>
public sealed record UsageFrame(double Processor, long Memory) : RunnerFrame;
