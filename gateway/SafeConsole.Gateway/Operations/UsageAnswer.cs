namespace SafeConsole.Gateway.Operations;

/// <summary>What a runner used in the second before `at`: busy processors, and memory in bytes.</summary>
public sealed record UsageAnswer(DateTimeOffset At, double Processors, long Memory);
