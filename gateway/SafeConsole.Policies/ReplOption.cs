using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>One offered way to start the REPL. The command line is the SRE's, whole; nothing a developer types becomes part of it.</summary>
public sealed record ReplOption(string Name, string Title, string Description, ImmutableArray<string> Command);
