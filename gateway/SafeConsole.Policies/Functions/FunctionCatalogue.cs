using System.Collections.Frozen;

namespace SafeConsole.Policies.Functions;

/// <summary>
/// The reviewed lists of built-in and extension functions: the embedded functions.tsv, and extensions.tsv for extensions whose functions count only where a catalog tells whose they are
/// (generate.sh and generate-extensions.sh say how they are made).
/// </summary>
internal static class FunctionCatalogue
{
    private static readonly FrozenDictionary<string, FunctionEntry> Entries = ReviewedList.Read("functions.tsv")
        .Select(line => line.Split('\t'))
        .Select(cells => new FunctionEntry(cells[1], cells[0] == "allow", cells[2].Split(','), cells[3]))
        .ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Extension, string Function), FunctionEntry> Further = ReviewedList.Read("extensions.tsv")
        .Select(line => line.Split('\t'))
        .ToFrozenDictionary(cells => (cells[0], cells[1]), cells => new FunctionEntry(cells[1], cells.Length == 2, [cells[0]], cells.ElementAtOrDefault(2) ?? ""));

    /// <summary>The entry for a name without its schema; null for a name that was not reviewed.</summary>
    public static FunctionEntry? Find(string name) => Entries.GetValueOrDefault(name);

    /// <summary>The entry for a function of a further extension, by its name or by its name with the types of its arguments; null for one that was not reviewed, or was found harmful.</summary>
    public static FunctionEntry? Find(string extension, string name, IEnumerable<string> types) =>
        Further.TryGetValue((extension, name), out FunctionEntry? entry) ? entry : Further.GetValueOrDefault((extension, $"{name}({string.Join(',', types)})"));
}
