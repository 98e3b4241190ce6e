namespace SafeConsole.Agent.Link;

/// <summary>Processor time of the whole runner in seconds, and memory in bytes.</summary>
internal sealed record UsageFrame(double Processor, long Memory);
