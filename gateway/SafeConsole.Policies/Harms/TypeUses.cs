using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Catalogs.Trees;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Harms;

/// <summary>What a type runs when a value of it is made or shown. PostgreSQL's own types are harmless, and so are enums.</summary>
internal sealed class TypeUses(DatabaseCatalog catalog)
{
    private const string Rule = "type.not-allowed";

    /// <summary>When a value is made.</summary>
    public void FindMade(DatabaseType type, SearchPath path, Uses uses)
    {
        if (type.IsSystem)
        {
            FindNamed(type, path, uses);
            return;
        }

        Support(type, path, uses);
        switch (type.Kind)
        {
            case 'd':
                uses.Add(ObjectKind.Type, type.BaseType, path);
                foreach (string check in catalog.DomainChecks.GetValueOrDefault(type.Oid) ?? [])
                {
                    new StoredTreeScan(uses, path, Rule).Scan(check);
                }

                break;
            case 'c':
                uses.Add(ObjectKind.Type, Columns(type), path);
                break;
            case 'b' when type.IsArray:
                uses.Add(ObjectKind.Type, type.Element, path);
                break;
            case 'r' or 'm':
                // Its bounds are compared, by functions of the application where the range names another operator class.
                uses.Add(ObjectKind.Type, type.Subtype, path);
                uses.Add(ObjectKind.StoredType, type.Subtype, path);
                uses.Add(ObjectKind.Function, type.RangeFunctions, path);
                break;
            case 'e' or 'p':
                break;
            default:
                FindBase(type, path, uses);
                break;
        }
    }

    /// <summary>A value of regtype and its kind is made of a text that names types, with their modifiers.</summary>
    private void FindNamed(DatabaseType type, SearchPath path, Uses uses)
    {
        if (type.Oid is SystemTypes.RegType or SystemTypes.RegProcedure or SystemTypes.RegOperator)
        {
            uses.Add(ObjectKind.Function, catalog.ModifierFunctions, path);
        }
        else if (catalog.ModifierFunctions.Length > 0)
        {
            uses.Add(ObjectKind.Type, Columns(type).Append(type.IsArray ? type.Element : 0), path);
        }
    }

    /// <summary>When a stored value is shown, sorted or compared; checks are not run again.</summary>
    public void FindStored(DatabaseType type, SearchPath path, Uses uses)
    {
        if (type.IsSystem)
        {
            return;
        }

        Support(type, path, uses);
        switch (type.Kind)
        {
            case 'd':
                uses.Add(ObjectKind.StoredType, type.BaseType, path);
                break;
            case 'c':
                uses.Add(ObjectKind.StoredType, Columns(type), path);
                break;
            case 'b' when type.IsArray:
                uses.Add(ObjectKind.StoredType, type.Element, path);
                break;
            case 'r' or 'm':
                // A new range is made of stored ones (a * b, range_agg), and the planner asks how far apart its bounds are.
                uses.Add(ObjectKind.StoredType, type.Subtype, path);
                uses.Add(ObjectKind.Function, type.RangeFunctions.Where(function => catalog.Functions.GetValueOrDefault(function) is not { Extension: not null }), path);
                break;
            case 'e' or 'p':
                break;
            default:
                FindBase(type, path, uses);
                break;
        }
    }

    /// <summary>
    /// When computed values are sorted, grouped or compared: by default operator classes that the application gave to PostgreSQL's own types. Those of other types count
    /// wherever a value is made or stored.
    /// </summary>
    public void FindSorted(DatabaseType type, SearchPath path, Uses uses)
    {
        foreach ((uint sorted, uint[] functions) in catalog.SortFunctions)
        {
            if (sorted == type.Oid || sorted == Family(type) || catalog.Casts.GetValueOrDefault((type.Oid, sorted)) is { Method: 'b', Context: 'i' })
            {
                uses.Add(ObjectKind.Function, functions, path);
            }
        }

        uint element = type.IsArray ? type.Element : 0;
        uses.Add(ObjectKind.SortedType, Columns(type).Concat(new[] { type.BaseType, element, type.Subtype }), path);
    }

    /// <summary>When values are shown as JSON: by the application's casts into json, of types that are neither rows nor arrays; these are shown part by part.</summary>
    public void FindShown(DatabaseType type, SearchPath path, Uses uses)
    {
        uses.Add(ObjectKind.Cast, catalog.JsonCasts.Where(cast => cast.Source == type.Oid).Select(cast => cast.Oid), path);
        uses.Add(ObjectKind.ShownType, Columns(type).Concat(new[] { type.BaseType, type.IsArray ? type.Element : 0, type.Subtype }), path);
    }

    /// <summary>The type by whose operator class all types of a kind are sorted.</summary>
    private static uint Family(DatabaseType type) => type.Kind switch
    {
        'e' => SystemTypes.AnyEnum,
        'c' => SystemTypes.Record,
        'r' => SystemTypes.AnyRange,
        'm' => SystemTypes.AnyMultirange,
        _ => type.IsArray ? SystemTypes.AnyArray : 0,
    };

    /// <summary>The types of its columns, but for arrays of any type: what is done with these is noted where it is done.</summary>
    private IEnumerable<uint> Columns(DatabaseType type) =>
        catalog.Relations.GetValueOrDefault(type.Relation)?.Columns.Select(column => column.Type).Where(column => column != SystemTypes.AnyArray) ?? [];

    /// <summary>Comparison functions that operator classes give it, but for those of extensions, which nobody can call by name.</summary>
    private void Support(DatabaseType type, SearchPath path, Uses uses) => uses.Add(
        ObjectKind.Function,
        (catalog.SupportFunctions.GetValueOrDefault(type.Oid) ?? []).Where(function => catalog.Functions.GetValueOrDefault(function) is not { Extension: not null }),
        path);

    /// <summary>A base type is made by C code: an extension's, or PostgreSQL's own functions under another name.</summary>
    private void FindBase(DatabaseType type, SearchPath path, Uses uses) => uses.Add(
        ObjectKind.Function,
        type.Functions.Where(oid => catalog.Functions.GetValueOrDefault(oid) is not ({ IsSystem: true, Language: "internal" } or { Extension: not null })),
        path);
}
