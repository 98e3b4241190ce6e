using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>
/// What is written down about a running sandbox, for the gateway that comes after a crash: who owns it, and its two processes,
/// as far as they are known yet.
/// </summary>
internal sealed record SandboxRecord(string Runner, string Boot, ProcessIdentity Gateway, ProcessIdentity? Outer = null, ProcessIdentity? Init = null);
