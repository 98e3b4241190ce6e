using System.Collections.Frozen;

namespace SafeConsole.Policies.Functions;

/// <summary>The names of PostgreSQL's operators and of those of the reviewed extensions, from the embedded operators.txt.</summary>
internal static class OperatorCatalogue
{
    private static readonly FrozenSet<string> Names = ReviewedList.Read("operators.txt").ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the name, without its schema, is one of them.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
