namespace SafeConsole.Runners.Frames;

/// <summary>The terminal began (visible) or ceased (a password prompt) to show what is typed. Comes before any output of the new state.</summary>
public sealed record EchoFrame(bool Visible) : RunnerFrame;
