using System.Collections.Frozen;

namespace SafeConsole.Policies.Functions;

/// <summary>The reviewed list of built-in and extension functions, from the embedded functions.tsv (generate.sh says how it is made).</summary>
internal static class FunctionCatalogue
{
    private static readonly FrozenDictionary<string, FunctionEntry> Entries = ReviewedList.Read("functions.tsv")
        .Select(line => line.Split('\t'))
        .Select(cells => new FunctionEntry(cells[1], cells[0] == "allow", cells[2].Split(','), cells[3]))
        .ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);

    /// <summary>The entry for a name without its schema; null for a name that was not reviewed.</summary>
    public static FunctionEntry? Find(string name) => Entries.GetValueOrDefault(name);
}
