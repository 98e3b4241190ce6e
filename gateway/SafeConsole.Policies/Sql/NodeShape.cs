using System.Collections.Frozen;

namespace SafeConsole.Policies.Sql;

/// <summary>The fields that a kind of node may have. The value is the kind of node in a field that always holds the same one, else null.</summary>
internal sealed record NodeShape(string Type, FrozenDictionary<string, string?> Fields);
