using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of a catalog query, read cell by cell.</summary>
internal readonly struct CatalogRow(IReadOnlyList<string?> cells)
{
    /// <summary>The cell's text; null for null.</summary>
    public string? this[int place] => cells[place];

    /// <summary>The cell's text; empty for null.</summary>
    public string Text(int place) => cells[place] ?? "";

    /// <summary>A number; 0 for null.</summary>
    public uint Oid(int place) => cells[place] is { } text ? uint.Parse(text, CultureInfo.InvariantCulture) : 0;

    /// <summary>A letter of PostgreSQL's "char".</summary>
    public char Letter(int place) => cells[place] is [var letter, ..] ? letter : ' ';

    /// <summary>A truth value as PostgreSQL casts it to text.</summary>
    public bool Flag(int place) => cells[place] is "true" or "t";

    /// <summary>Numbers in a JSON array, without zeros; empty for null.</summary>
    public ImmutableArray<uint> Oids(int place) => [.. (JsonSerializer.Deserialize<uint[]>(cells[place] ?? "[]") ?? []).Where(oid => oid != 0)];

    /// <summary>Texts in a JSON array; empty for null.</summary>
    public ImmutableArray<string> Texts(int place) => [.. (JsonSerializer.Deserialize<string?[]>(cells[place] ?? "[]") ?? []).Select(text => text ?? "")];
}
