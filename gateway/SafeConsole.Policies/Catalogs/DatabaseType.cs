using System.Collections.Immutable;

namespace SafeConsole.Policies.Catalogs;

/// <summary>A row of pg_type. Kind and Category are its typtype and typcategory letters.</summary>
internal sealed record DatabaseType(uint Oid, string Name, uint Schema, char Kind, char Category, bool Preferred, uint BaseType, uint Element, uint Array, uint Relation, uint Subscript)
{
    /// <summary>Input, output, receive, send, typmod and subscript functions that are not 0.</summary>
    public required ImmutableArray<uint> Functions { get; init; }

    /// <summary>The extension that it belongs to; null for none.</summary>
    public string? Extension { get; init; }

    /// <summary>For a domain: the default of columns that have none of their own, as a stored tree; null for none.</summary>
    public string? DefaultTree { get; init; }

    /// <summary>For a range and its multirange: what it ranges over.</summary>
    public uint Subtype { get; set; }

    /// <summary>For a range: its canonical and subtype_diff functions, and those by which the application compares its bounds.</summary>
    public ImmutableArray<uint> RangeFunctions { get; set; } = [];

    /// <summary>Whether it came with PostgreSQL.</summary>
    public bool IsSystem => Oid < DatabaseCatalog.FirstUserOid;

    /// <summary>A domain, composite, enum, range or multirange is what the letter says.</summary>
    public bool IsDomain => Kind == 'd';

    /// <summary>Whether values are rows.</summary>
    public bool IsComposite => Kind == 'c';

    /// <summary>What the type's name means with brackets behind it: its array type, which oidvector and int2vector have as well; an array itself, of which there is none.</summary>
    public uint ArrayOrSelf => Array != 0 ? Array : Oid;

    /// <summary>Whether it is a true array: subscripted by array_subscript_handler (6179).</summary>
    public bool IsArray => Element != 0 && Subscript == 6179;
}
