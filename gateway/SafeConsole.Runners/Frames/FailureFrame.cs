namespace SafeConsole.Runners.Frames;

/// <summary>There is no REPL, for the reason that the message gives in one sentence.</summary>
public sealed record FailureFrame(string Message) : RunnerFrame;
