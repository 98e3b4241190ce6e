using System.Globalization;

namespace SafeConsole.Policies.Catalogs.Trees;

/// <summary>A value in a pg_node_tree: a node with label and fields, a list (no label), or a word.</summary>
internal sealed class StoredNode
{
    /// <summary>The node's label, such as FUNCEXPR; null for lists and words.</summary>
    public string? Label { get; init; }

    /// <summary>A word as it stands; null for nodes and lists.</summary>
    public string? Word { get; init; }

    /// <summary>The bytes of a constant as they stand in brackets; null for anything else.</summary>
    public byte[]? Bytes { get; init; }

    /// <summary>The word as an oid; 0, which is none, for anything else.</summary>
    public uint Oid => uint.TryParse(Word, NumberStyles.None, CultureInfo.InvariantCulture, out uint oid) ? oid : 0;

    /// <summary>A node's fields in order, by name. A field of several words is a list.</summary>
    public List<(string Name, StoredNode Value)> Fields { get; } = [];

    /// <summary>A list's items.</summary>
    public List<StoredNode> Items { get; } = [];

    /// <summary>The field's value; null where absent.</summary>
    public StoredNode? Field(string name) => Fields.Find(field => field.Name == name).Value;

    /// <summary>The nodes directly within.</summary>
    public IEnumerable<StoredNode> Within => Fields.Select(pair => pair.Value).Concat(Items);
}
