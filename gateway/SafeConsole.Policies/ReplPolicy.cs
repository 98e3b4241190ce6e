using System.Collections.Immutable;

namespace SafeConsole.Policies;

/// <summary>What runs in the runner: the launcher that starts it and the options that a developer may pick among.</summary>
public sealed record ReplPolicy(string Name, string Launcher, ImmutableArray<ReplOption> Options, ImmutableSortedDictionary<string, string> Environment);
