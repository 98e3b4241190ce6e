namespace SafeConsole.Runners;

/// <summary>
/// What a runner is made like, as its target's policy says; two runners of one shape can stand for each other. The image is a Docker
/// image's name, and the task how ECS runs it; each is null for the other launchers.
/// </summary>
public sealed record RunnerShape(string Target, RunnerLimits Limits, string? Image = null, EcsTaskShape? Task = null);
