namespace SafeConsole.Runners.Frames;

/// <summary>A line of the agent's own log, at most 1,000 characters.</summary>
public sealed record LogFrame(string Text) : RunnerFrame;
