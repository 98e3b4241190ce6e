namespace SafeConsole.Runners.Frames;

/// <summary>Whether the runner has a way out other than its link, and what the agent saw, in words for the transcript.</summary>
public sealed record NetworkReport(bool Reachable, string Evidence);
