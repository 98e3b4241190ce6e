using System.Collections.Immutable;

namespace SafeConsole.Policies.Loading;

/// <summary>What a policy folder held at one moment. The revision names files and problems alike, so that equal revisions mean nothing changed.</summary>
internal sealed record PolicyFolderContent(string Revision, ImmutableArray<PolicyFile> Files, ImmutableArray<PolicyProblem> Problems);
