using System.Text.Json;

namespace SafeConsole.Policies.Sql;

/// <summary>
/// A node of the parse tree: its type's name in PostgreSQL's source, and its fields. libpg_query leaves out fields that are zero, false or null.
/// </summary>
internal readonly record struct SqlNode(string Type, JsonElement Fields)
{
    /// <summary>Where the node stands, as a byte offset; null where the grammar does not say.</summary>
    public int? Location => Type is not "RawStmt" && Integer("location") is >= 0 and var location && HasLocation ? (int)location : null;

    private bool HasLocation => Fields.TryGetProperty("location", out _);

    /// <summary>The text of a string or enumeration field; null where absent.</summary>
    public string? Text(string field) => Fields.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A number; 0 where absent.</summary>
    public long Integer(string field) => Fields.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number : 0;

    /// <summary>A flag; false where absent.</summary>
    public bool Flag(string field) => Fields.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Whether the field is there at all.</summary>
    public bool Has(string field) => Fields.TryGetProperty(field, out _);

    /// <summary>The node in a field that may hold any kind; null where absent.</summary>
    public SqlNode? Child(string field) => Fields.TryGetProperty(field, out JsonElement value) ? Wrapped(value) : null;

    /// <summary>The node in a field that always holds the same kind; null where absent.</summary>
    public SqlNode? Child(string field, string type) => Fields.TryGetProperty(field, out JsonElement value) ? new SqlNode(type, value) : null;

    /// <summary>The nodes of a list field; empty where absent.</summary>
    public IEnumerable<SqlNode> Children(string field)
    {
        if (!Fields.TryGetProperty(field, out JsonElement list) || list.ValueKind != JsonValueKind.Array)
        {
            yield break;
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            if (Wrapped(item) is { } node)
            {
                yield return node;
            }
        }
    }

    /// <summary>The strings of a list field, as in a qualified name: schema first.</summary>
    public IReadOnlyList<string> Names(string field) => [.. Children(field).Select(part => part.Type == "String" ? part.Text("sval") ?? "" : "*")];

    /// <summary>The node inside `{"Type": {...}}`; null for `{}`, which stands for a null in a list.</summary>
    public static SqlNode? Wrapped(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            return new SqlNode(property.Name, property.Value);
        }

        return null;
    }
}
