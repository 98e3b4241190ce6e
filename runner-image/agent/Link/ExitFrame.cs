namespace SafeConsole.Agent.Link;

/// <summary>How the REPL ended, sent after its last output. One of the two is absent.</summary>
internal sealed record ExitFrame(int? Code = null, int? Signal = null);
