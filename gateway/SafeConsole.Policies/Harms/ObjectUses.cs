using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Harms;

/// <summary>Looks up what each kind of object uses.</summary>
internal sealed class ObjectUses(DatabaseCatalog catalog, TargetPolicy policy, bool pathsChanged)
{
    private readonly FunctionUses functions = new(catalog, policy);
    private readonly RelationUses relations = new(catalog);
    private readonly AssignmentCasts assignments = new(catalog);
    private readonly TypeUses types = new(catalog);
    private readonly BodyUses bodies = new(catalog, policy);

    /// <summary>What the object uses directly. An object that is not in the catalog is a harm.</summary>
    public Uses Of(DatabaseObject used)
    {
        var uses = new Uses { Catalog = catalog };
        Find(used, uses);
        foreach ((string sql, SearchPath path) in uses.Texts.ToArray())
        {
            bodies.ReadQueries(sql, null, path, uses);
        }

        return uses;
    }

    private void Find(DatabaseObject used, Uses uses)
    {
        switch (used.Kind)
        {
            case ObjectKind.Function when catalog.Functions.TryGetValue(used.Oid, out DatabaseFunction? function):
                functions.Find(function, used.Path, uses);
                break;
            case ObjectKind.Operator or ObjectKind.Ordering when catalog.Operators.TryGetValue(used.Oid, out DatabaseOperator? one):
                FindOperator(one, used, uses);
                break;
            case ObjectKind.Type or ObjectKind.StoredType or ObjectKind.AssignedType or ObjectKind.SortedType or ObjectKind.ShownType when catalog.Types.TryGetValue(used.Oid, out DatabaseType? type):
                FindType(type, used, uses);
                break;
            case ObjectKind.Relation when catalog.Relations.TryGetValue(used.Oid, out DatabaseRelation? relation):
                relations.Find(relation, used.Path, uses);
                break;
            case ObjectKind.PlannedWrite when catalog.Relations.TryGetValue(used.Oid, out DatabaseRelation? relation):
                relations.FindPlannedWrite(relation, used.Path, uses);
                break;
            case ObjectKind.Assignment:
                assignments.Note([used.Oid], used.Path, uses);
                break;
            case ObjectKind.Fetch:
                FindFetch(used, uses);
                break;
            case ObjectKind.Cast when catalog.UserCasts.FirstOrDefault(cast => cast.Oid == used.Oid) is { } cast:
                uses.Add(ObjectKind.Function, cast.Function, used.Path);
                uses.Add(ObjectKind.Type, cast.Target, used.Path);
                break;
            default:
                uses.Blame("catalog.unknown", "is not in the catalog that was read");
                break;
        }
    }

    private void FindType(DatabaseType type, DatabaseObject used, Uses uses)
    {
        switch (used.Kind)
        {
            case ObjectKind.AssignedType when type.Oid == SystemTypes.Any:
                uses.Add(ObjectKind.AssignedType, catalog.Types.Values.Where(one => !one.IsSystem).Select(one => one.Oid), used.Path);
                break;
            case ObjectKind.AssignedType:
                uses.Add(ObjectKind.Type, type.Oid, used.Path);
                assignments.Note([type.Oid], used.Path, uses);
                break;
            case ObjectKind.StoredType when type.Oid == SystemTypes.AnyArray:
                // Sampled values, of which any type's can be: columns of pg_stats.
                uses.Add(ObjectKind.StoredType, catalog.Types.Values.Where(one => !one.IsSystem).Select(one => one.Oid), used.Path);
                break;
            case ObjectKind.SortedType when type.Oid is SystemTypes.Any or SystemTypes.AnyArray:
                uses.Add(ObjectKind.Function, catalog.SortFunctions.Values.SelectMany(functions => functions), used.Path);
                break;
            case ObjectKind.SortedType:
                types.FindSorted(type, used.Path, uses);
                break;
            case ObjectKind.ShownType when type.Oid is SystemTypes.Any or SystemTypes.AnyArray:
                uses.Add(ObjectKind.Cast, catalog.JsonCasts.Select(cast => cast.Oid), used.Path);
                break;
            case ObjectKind.ShownType:
                types.FindShown(type, used.Path, uses);
                break;
            case ObjectKind.StoredType:
                types.FindStored(type, used.Path, uses);
                break;
            default:
                types.FindMade(type, used.Path, uses);
                break;
        }
    }

    /// <summary>What the object is called in a sentence.</summary>
    public string NameOf(DatabaseObject used) => used.Kind switch
    {
        ObjectKind.Function when catalog.Functions.TryGetValue(used.Oid, out DatabaseFunction? function) => $"{catalog.SchemaName(function.Schema)}.{function.Name}()",
        ObjectKind.Operator or ObjectKind.Ordering when catalog.Operators.TryGetValue(used.Oid, out DatabaseOperator? one) => $"operator {catalog.SchemaName(one.Schema)}.{one.Name}",
        ObjectKind.Type or ObjectKind.StoredType or ObjectKind.Assignment or ObjectKind.AssignedType or ObjectKind.SortedType or ObjectKind.ShownType when catalog.Types.TryGetValue(used.Oid, out DatabaseType? type) => $"type {catalog.SchemaName(type.Schema)}.{type.Name}",
        ObjectKind.Relation or ObjectKind.PlannedWrite when catalog.Relations.TryGetValue(used.Oid, out DatabaseRelation? relation) => $"{catalog.SchemaName(relation.Schema)}.{relation.Name}",
        ObjectKind.Cast => "a cast",
        ObjectKind.Fetch => "FETCH",
        _ => "something",
    };

    /// <summary>What the cursor's query calls was judged as names were when it was opened, and finds them as they are when it is fetched from.</summary>
    private void FindFetch(DatabaseObject used, Uses uses)
    {
        if (pathsChanged || used.Path.Outside is not null)
        {
            uses.Blame("function.cursor", "fetches from a cursor that may have been opened while names meant something else");
        }
    }

    private static bool IsTrusted(DatabaseFunction? function) => function is { IsSystem: true } or { Extension: not null };

    private void FindOperator(DatabaseOperator one, DatabaseObject used, Uses uses)
    {
        if (!one.IsSystem || used.Kind == ObjectKind.Ordering)
        {
            // A join by an operator of the application may sort or hash as well.
            uses.Add(ObjectKind.Function, catalog.FamilyFunctions.GetValueOrDefault(one.Oid) ?? [], used.Path);
        }

        if (one.IsSystem)
        {
            // All of PostgreSQL's own operators compute (Functions/operators.txt).
            if (TextSearch.IsRunBy(catalog.Functions.GetValueOrDefault(one.Function)))
            {
                uses.Add(ObjectKind.Function, catalog.DictionaryFunctions, used.Path);
            }

            return;
        }

        if (one.Function == 0 || !one.Estimators.All(estimator => IsTrusted(catalog.Functions.GetValueOrDefault(estimator))))
        {
            uses.Blame("operator.not-allowed", "has an estimator that is not PostgreSQL's own");
        }

        uses.Add(ObjectKind.Function, one.Function, used.Path);
        uses.Add(ObjectKind.Operator, one.Substitutes, used.Path);
        uses.Add(ObjectKind.Type, [one.Left, one.Right], used.Path);
        if (catalog.SortFunctions.Count > 0)
        {
            // A join by it sorts or hashes both sides.
            uses.Add(ObjectKind.SortedType, [one.Left, one.Right], used.Path);
        }
    }
}
