namespace SafeConsole.Runners.Frames;

/// <summary>The agent's first message: its protocol version, its own version, and what it found when it tried to get out.</summary>
public sealed record HelloFrame(int Version, string Agent, NetworkReport Network) : RunnerFrame;
