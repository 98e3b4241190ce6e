namespace SafeConsole.Runners;

/// <summary>A runner could not be started. The message is one sentence that says what, where and what to do.</summary>
public sealed class RunnerLaunchException(string message, Exception? cause = null) : Exception(message, cause);
