using System.Collections.Frozen;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Catalogs.Trees;

/// <summary>Notes the types that calls in a stored tree hand to functions which take any, and those that it sorts by.</summary>
internal sealed class StoredCalls(DatabaseCatalog catalog, Uses uses, SearchPath path, StoredNode root)
{
    // Where a node names the type of its own value.
    private static readonly FrozenSet<string> Own = (
        "vartype consttype paramtype aggtype wintype funcresulttype opresulttype resulttype casetype coalescetype minmaxtype array_typeid row_typeid refrestype type typeId").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> Callees = new[] { "funcid", "aggfnoid", "winfnoid", "opno" }.ToFrozenSet();

    /// <summary>Notes what the node does with the types in it, if it does anything.</summary>
    public void Note(string label, StoredNode node)
    {
        if (label == "MINMAXEXPR" || label == "MINMAX")
        {
            NoteSorted(OidOf(node.Field("minmaxtype")));
        }
        else if (label == "SORTGROUPCLAUSE")
        {
            NoteSorted(catalog.Operators.GetValueOrDefault(OidOf(node.Field("eqop")))?.Left ?? 0);
        }
        else if (label == "RANGETBLFUNCTION")
        {
            NoteDefined(node);
        }
        else if (node.Fields.Find(field => Callees.Contains(field.Name)) is { Value: { } callee } named)
        {
            NoteCall(named.Name == "opno" ? catalog.Operators.GetValueOrDefault(OidOf(callee))?.Function ?? 0 : OidOf(callee), node);
        }
    }

    private void NoteCall(uint callee, StoredNode node)
    {
        if (catalog.Functions.GetValueOrDefault(callee) is not { } function)
        {
            return;
        }

        if (catalog.JsonCasts.Length > 0 && OpenFunctions.Shows(function))
        {
            uses.Add(ObjectKind.ShownType, Arguments(node), path);
        }

        if (!catalog.UserCasts.IsEmpty && OpenFunctions.MakesText(function))
        {
            uint[] given = [.. Arguments(node).Select(catalog.BaseOf)];
            uses.Add(ObjectKind.Cast, catalog.UserCasts.Where(cast => cast.Target == SystemTypes.Text && given.Contains(cast.Source)).Select(cast => cast.Oid), path);
        }

        if (!function.Arguments.Any(OpenFunctions.Takes))
        {
            return;
        }

        bool compares = OpenFunctions.Compares(function);
        bool sorts = catalog.SortFunctions.Count > 0 && compares;
        bool written = OpenFunctions.IsWritten(catalog, function);
        foreach (uint type in compares || written ? Arguments(node) : [])
        {
            uses.Add(ObjectKind.StoredType, compares && type == SystemTypes.AnyArray ? type : 0, path);
            uses.Add(ObjectKind.SortedType, sorts ? type : 0, path);
            uses.Add(ObjectKind.AssignedType, written ? type : 0, path);
        }
    }

    /// <summary>The body of a function in SQL has what it selects assigned to the columns that its caller defines.</summary>
    private void NoteDefined(StoredNode node)
    {
        bool written = catalog.Functions.GetValueOrDefault(OidOf(node.Field("funcexpr")?.Field("funcid"))) is { } function && OpenFunctions.IsWritten(catalog, function);
        uses.Add(ObjectKind.AssignedType, (written ? node.Field("funccoltypes")?.Items ?? [] : []).Select(OidOf), path);
    }

    private void NoteSorted(uint type)
    {
        if (catalog.SortFunctions.Count > 0)
        {
            uses.Add(ObjectKind.SortedType, OpenFunctions.Takes(type) ? All(root) : [type], path);
        }
    }

    private uint[] Arguments(StoredNode node)
    {
        uint[] types = [.. (node.Field("args")?.Items ?? []).Concat(node.Field("aggdirectargs")?.Items ?? []).SelectMany(TypesOf).Distinct()];
        return types.Any(catalog.HasSamples) ? [.. types, SystemTypes.AnyArray] : types;
    }

    /// <summary>The type of an expression's value; where no field names it, those of what is in it; of a row of no named type, all in the tree.</summary>
    private IEnumerable<uint> TypesOf(StoredNode node)
    {
        uint own = node.Fields.Where(field => Own.Contains(field.Name)).Select(field => OidOf(field.Value)).FirstOrDefault(oid => oid != 0);
        return own is SystemTypes.Record or SystemTypes.RecordArray ? All(root) : own != 0 ? [own] : node.Within.SelectMany(TypesOf);
    }

    private IEnumerable<uint> All(StoredNode node) =>
        node.Fields.Where(field => Own.Contains(field.Name)).Select(field => OidOf(field.Value)).Where(catalog.Types.ContainsKey).Concat(node.Within.SelectMany(All)).Distinct();

    private static uint OidOf(StoredNode? value) => value?.Oid ?? 0;
}
