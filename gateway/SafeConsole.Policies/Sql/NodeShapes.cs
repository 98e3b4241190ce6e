using System.Collections.Frozen;

namespace SafeConsole.Policies.Sql;

/// <summary>
/// Every kind of node, and every field of it, that reads are made of, by their names in libpg_query's protobuf definition. A kind or field that
/// is not here is not understood, and what is not understood is denied. Fields that only parse analysis fills are left out.
/// </summary>
internal static class NodeShapes
{
    private static readonly FrozenDictionary<string, NodeShape> Known = Read(
        // statements
        "RawStmt stmt stmt_location stmt_len",
        "SelectStmt distinctClause intoClause=IntoClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause valuesLists " +
            "sortClause limitOffset limitCount limitOption lockingClause withClause=WithClause op all larg=SelectStmt rarg=SelectStmt",
        "ExplainStmt query options",
        "VariableShowStmt name",
        "VariableSetStmt kind name args is_local",
        "TransactionStmt kind options savepoint_name gid chain",
        "DeclareCursorStmt portalname options query",
        "FetchStmt direction howMany portalname ismove",
        "ClosePortalStmt portalname",
        "PrepareStmt name argtypes query",
        "ExecuteStmt name params",
        "DeallocateStmt name",
        "CopyStmt relation=RangeVar query attlist is_from is_program filename options",
        "DiscardStmt target",
        "UnlistenStmt conditionname",
        // writes, for EXPLAIN without ANALYZE alone
        "InsertStmt relation=RangeVar cols selectStmt onConflictClause=OnConflictClause returningList withClause=WithClause override",
        "UpdateStmt relation=RangeVar targetList whereClause fromClause returningList withClause=WithClause",
        "DeleteStmt relation=RangeVar usingClause whereClause returningList withClause=WithClause",
        "MergeStmt relation=RangeVar sourceRelation joinCondition mergeWhenClauses withClause=WithClause",
        "OnConflictClause action infer=InferClause targetList whereClause location",
        "InferClause indexElems whereClause conname location",
        "IndexElem name expr collation opclass ordering nulls_ordering",
        "MergeWhenClause matched commandType override condition targetList values",
        "MultiAssignRef source colno ncolumns",
        "SetToDefault location",
        // from
        "RangeVar catalogname schemaname relname inh relpersistence alias=Alias location",
        "RangeSubselect lateral subquery alias=Alias",
        "RangeFunction lateral ordinality is_rowsfrom functions alias=Alias coldeflist",
        "RangeTableFunc lateral docexpr rowexpr namespaces columns alias=Alias location",
        "RangeTableFuncCol colname typeName=TypeName for_ordinality is_not_null colexpr coldefexpr location",
        "RangeTableSample relation method args repeatable location",
        "JoinExpr jointype isNatural larg rarg usingClause join_using_alias=Alias quals alias=Alias",
        "Alias aliasname colnames",
        "WithClause ctes recursive location",
        "CommonTableExpr ctename aliascolnames ctematerialized ctequery search_clause=CTESearchClause cycle_clause=CTECycleClause location",
        "CTESearchClause search_col_list search_breadth_first search_seq_column location",
        "CTECycleClause cycle_col_list cycle_mark_column cycle_mark_value cycle_mark_default cycle_path_column location",
        "ColumnDef colname typeName=TypeName is_local collClause=CollateClause location",
        // expressions
        "ResTarget name indirection val location",
        "ColumnRef fields location",
        "A_Star",
        "A_Const ival=Integer fval=Float boolval=Boolean sval=String bsval=BitString isnull location",
        "A_Expr kind name lexpr rexpr location",
        "A_Indirection arg indirection",
        "A_Indices is_slice lidx uidx",
        "A_ArrayExpr elements location",
        "BoolExpr boolop args location",
        "NullTest arg nulltesttype location",
        "BooleanTest arg booltesttype location",
        "CaseExpr arg args defresult location",
        "CaseWhen expr result location",
        "CoalesceExpr args location",
        "MinMaxExpr op args location",
        "CollateClause arg collname location",
        "TypeCast arg typeName=TypeName location",
        "TypeName names setof typmods typemod arrayBounds location",
        "FuncCall funcname args agg_order agg_filter over=WindowDef agg_within_group agg_star agg_distinct func_variadic funcformat location",
        "NamedArgExpr arg name argnumber location",
        "ParamRef number location",
        "RowExpr args row_format colnames location",
        "SubLink subLinkType subLinkId testexpr operName subselect location",
        "SortBy node sortby_dir sortby_nulls useOp location",
        "WindowDef name refname partitionClause orderClause frameOptions startOffset endOffset location",
        "GroupingSet kind content location",
        "GroupingFunc args location",
        "SQLValueFunction op typmod location",
        "XmlExpr op name named_args arg_names args xmloption location",
        "XmlSerialize xmloption expr typeName=TypeName location",
        "DefElem defname arg defaction location",
        // values
        "List items",
        "String sval",
        "Integer ival",
        "Float fval",
        "Boolean boolval",
        "BitString bsval",
        // named so that their own rules can speak
        "IntoClause rel=RangeVar colNames accessMethod options onCommit tableSpaceName skipData",
        "LockingClause lockedRels strength waitPolicy");

    /// <summary>The shape of a kind of node; null where the kind is not known.</summary>
    public static NodeShape? Find(string type) => Known.GetValueOrDefault(type);

    private static FrozenDictionary<string, NodeShape> Read(params string[] lines) => lines
        .Select(line => line.Split(' '))
        .Select(words => new NodeShape(words[0], words[1..].Select(word => word.Split('=')).ToFrozenDictionary(pair => pair[0], pair => pair.Length > 1 ? pair[1] : null)))
        .ToFrozenDictionary(shape => shape.Type);
}
