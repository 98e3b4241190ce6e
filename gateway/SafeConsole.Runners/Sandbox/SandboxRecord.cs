using SafeConsole.Runners.Processes;

namespace SafeConsole.Runners.Sandbox;

/// <summary>What is written down about a running sandbox, for the gateway that comes after a crash: who owns it, and its two processes.</summary>
internal sealed record SandboxRecord(string Session, ProcessIdentity Gateway, ProcessIdentity Outer, ProcessIdentity? Init, string Boot);
