using System.Collections.Frozen;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Names;

namespace SafeConsole.Policies.Catalogs.Trees;

/// <summary>Notes what a stored tree uses. The server resolved its names already, so exact oids stand in it. A node that is not known to be part of a read is a harm.</summary>
internal sealed class StoredTreeScan(Uses uses, SearchPath path, string rule)
{
    private static readonly FrozenSet<string> Labels = (
        "ALIAS AGGREF ARRAY ARRAYCOERCEEXPR ARRAYEXPR BOOLEANTEST BOOLEXPR CASE CASEEXPR CASETESTEXPR CASEWHEN COALESCE COALESCEEXPR COERCETODOMAIN COERCETODOMAINVALUE COERCEVIAIO " +
        "COLLATE COLLATEEXPR COMMONTABLEEXPR CONST CONVERTROWTYPEEXPR CTECYCLECLAUSE CTESEARCHCLAUSE DISTINCTEXPR FIELDSELECT FIELDSTORE FROMEXPR FUNCEXPR GROUPINGFUNC GROUPINGSET " +
        "JOINEXPR JSONCONSTRUCTOREXPR JSONFORMAT JSONISPREDICATE JSONRETURNING JSONVALUEEXPR MINMAX MINMAXEXPR NAMEDARGEXPR NULLIFEXPR NULLTEST OPEXPR PARAM QUERY RANGETBLENTRY " +
        "RANGETBLFUNCTION RANGETBLREF RELABELTYPE ROW ROWCOMPARE ROWCOMPAREEXPR ROWEXPR RTE RTEPERMISSIONINFO SCALARARRAYOPEXPR SETOPERATIONSTMT SORTGROUPCLAUSE SQLVALUEFUNCTION SUBLINK " +
        "SUBSCRIPTINGREF TABLEFUNC TABLESAMPLECLAUSE TARGETENTRY VAR WHEN WINDOWCLAUSE WINDOWFUNC XMLEXPR").Split(' ').ToFrozenSet();

    private static readonly FrozenDictionary<string, ObjectKind> Oids = new Dictionary<string, ObjectKind>
    {
        ["funcid"] = ObjectKind.Function, ["opfuncid"] = ObjectKind.Function, ["aggfnoid"] = ObjectKind.Function, ["winfnoid"] = ObjectKind.Function,
        ["startInRangeFunc"] = ObjectKind.Function, ["endInRangeFunc"] = ObjectKind.Function, ["hashfuncid"] = ObjectKind.Function, ["negfuncid"] = ObjectKind.Function,
        ["elemfuncid"] = ObjectKind.Function, ["resultfuncid"] = ObjectKind.Function, ["opno"] = ObjectKind.Operator, ["opnos"] = ObjectKind.Ordering,
        ["eqop"] = ObjectKind.Operator, ["sortop"] = ObjectKind.Ordering, ["cycle_mark_neop"] = ObjectKind.Operator, ["relid"] = ObjectKind.Relation,
        ["funcresulttype"] = ObjectKind.Type, ["coltypes"] = ObjectKind.Type, ["funccoltypes"] = ObjectKind.Type, ["row_typeid"] = ObjectKind.Type, ["typid"] = ObjectKind.Type,
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Makers = new[] { "COERCEVIAIO", "COERCETODOMAIN", "ARRAYCOERCEEXPR", "CONVERTROWTYPEEXPR" }.ToFrozenSet();

    // The support functions of range frames take a window's own types and have no name to be reviewed by.
    private static readonly FrozenSet<string> Internal = new[] { "startInRangeFunc", "endInRangeFunc", "hashfuncid", "opfuncid" }.ToFrozenSet();

    private StoredCalls? calls;

    /// <summary>Where given, PostgreSQL's own volatile functions are passed over: the planner does not run them.</summary>
    public DatabaseCatalog? Catalog { get; init; }

    /// <summary>Notes all that the tree uses.</summary>
    public void Scan(string tree)
    {
        if (StoredTreeReader.Read(tree) is { } root)
        {
            calls = uses.Catalog is { } catalog ? new StoredCalls(catalog, uses, path, root) : null;
            Note(root, onlyConstant: false);
        }
        else
        {
            uses.Blame(rule, "holds an expression that cannot be read");
        }
    }

    /// <summary>
    /// Notes what the tree uses in parts that do not depend on a row: the planner may run these while it simplifies. And where it compares, what the operator's families hold: whether a condition of a
    /// statement implies or refutes it the planner finds out by another operator of the family, on the constants of both.
    /// </summary>
    public void ScanConstantParts(string tree)
    {
        if (StoredTreeReader.Read(tree) is { } root)
        {
            calls = uses.Catalog is { } catalog ? new StoredCalls(catalog, uses, path, root) : null;
            Note(root, onlyConstant: true);
            NoteProofs(root);
        }
        else
        {
            uses.Blame(rule, "holds an expression that cannot be read");
        }
    }

    private bool Note(StoredNode node, bool onlyConstant)
    {
        bool constant = node.Label is not ("VAR" or "COERCETODOMAINVALUE");
        foreach (StoredNode within in node.Within)
        {
            constant &= Note(within, onlyConstant);
        }

        if (node.Label is { } label && (constant || !onlyConstant))
        {
            NoteNode(label, node);
        }

        return constant;
    }

    private void NoteProofs(StoredNode node)
    {
        if (uses.Catalog is not { FamilyFunctions.Count: > 0 } catalog)
        {
            return;
        }

        if (node.Field("opno") is { Oid: var compares } && catalog.Operators.GetValueOrDefault(compares) is { } named)
        {
            // Of <> the planner knows the family by its negator.
            foreach (uint one in named.Substitutes.Append(compares))
            {
                uses.Add(ObjectKind.Function, catalog.FamilyFunctions.GetValueOrDefault(one) ?? [], path);
            }
        }

        foreach (StoredNode within in node.Within)
        {
            NoteProofs(within);
        }
    }

    private void NoteNode(string label, StoredNode node)
    {
        if (!Labels.Contains(label))
        {
            uses.Blame(rule, $"holds {label}, which is not known to be part of a read");
        }

        if (label == "QUERY" && !IsRead(node))
        {
            uses.Blame(rule, "holds a statement that is not a plain read");
        }

        if (label == "TABLEFUNC" && !StoredForms.IsPlainTable(node))
        {
            uses.Blame("xml.path", "evaluates an XPath, which the statement timeout cannot stop; only a constant path of plain steps passes");
        }

        calls?.Note(label, node);
        bool exempt = label == "FUNCEXPR" && uses.Catalog is { } catalog && StoredForms.IsHarmless(catalog, node, path, uses);
        foreach ((string name, StoredNode value) in node.Fields)
        {
            if (exempt && name == "funcid")
            {
                continue;
            }

            if (Oids.TryGetValue(name, out ObjectKind kind))
            {
                NoteOids(name, label == "SCALARARRAYOPEXPR" && kind == ObjectKind.Operator ? ObjectKind.Ordering : kind, value);
            }
            else if (name == "resulttype" && Makers.Contains(label))
            {
                NoteOids(name, ObjectKind.Type, value);
            }
            else if (name == "tsmhandler" && !IsSampler(value))
            {
                uses.Blame(rule, "samples by a method that is not PostgreSQL's own");
            }
        }
    }

    private bool IsSampler(StoredNode handler) =>
        handler.Oid is not 0 and < DatabaseCatalog.FirstUserOid || (uses.Catalog?.Functions.GetValueOrDefault(handler.Oid) is { } function && SampleMethods.IsKnown(function));

    private static bool IsRead(StoredNode query) =>
        query.Field("commandType")?.Word == "1" && query.Field("hasModifyingCTE")?.Word == "false" && query.Field("utilityStmt")?.Word == "<>" && query.Field("rowMarks")?.Word == "<>";

    private void NoteOids(string name, ObjectKind kind, StoredNode value)
    {
        // A list is (o 1 2 3).
        IEnumerable<StoredNode> words = value.Word is null ? value.Items : [value];
        foreach (uint oid in words.Select(word => word.Oid).Where(oid => oid != 0))
        {
            bool ownSupport = oid < DatabaseCatalog.FirstUserOid && Internal.Contains(name);
            bool notRun = kind == ObjectKind.Function && Catalog?.Functions.GetValueOrDefault(oid) is { IsSystem: true, Volatile: true };
            bool fragile = kind == ObjectKind.Function && uses.Catalog?.Functions.GetValueOrDefault(oid) is { Extension: not null } one && ReviewedFunctions.Find(uses.Catalog, one) is { IsFragile: true };
            if (!ownSupport && !notRun && !fragile)
            {
                uses.Add(kind, oid, path);
            }
        }
    }
}
