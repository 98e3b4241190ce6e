using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>The names that result columns get where none is written: FigureColnameInternal in parser/parse_target.c.</summary>
internal static class OutputNames
{
    /// <summary>The column's name.</summary>
    public static string Of(SqlNode value) => Figure(value).Name;

    private static (string Name, int Strength) Figure(SqlNode value) => value.Type switch
    {
        "ColumnRef" => (value.Names("fields")[^1], 2),
        "A_Indirection" => value.Children("indirection").LastOrDefault(step => step.Type == "String") is { Type: not null } field ? (field.Text("sval") ?? "", 2) : Inner(value, "arg"),
        "FuncCall" => (value.Names("funcname")[^1], 2),
        "A_Expr" when value.Text("kind") == "AEXPR_NULLIF" => ("nullif", 2),
        "TypeCast" => Inner(value, "arg") is { Strength: > 1 } inner ? inner : (value.Child("typeName", "TypeName")?.Names("names") is [.., var type] ? type : "?column?", 1),
        "CollateClause" => Inner(value, "arg"),
        "GroupingFunc" => ("grouping", 2),
        "CaseExpr" => Inner(value, "defresult") is { Strength: > 1 } otherwise ? otherwise : ("case", 1),
        "A_ArrayExpr" => ("array", 2),
        "RowExpr" => ("row", 2),
        "CoalesceExpr" => ("coalesce", 2),
        "MinMaxExpr" => (value.Text("op") == "IS_LEAST" ? "least" : "greatest", 2),
        "SubLink" => Link(value),
        "SQLValueFunction" => ((value.Text("op") ?? "").Replace("SVFOP_", "", StringComparison.Ordinal).Replace("_N", "", StringComparison.Ordinal).ToLowerInvariant(), 2),
        "XmlSerialize" => ("xmlserialize", 2),
        _ => ("?column?", 0),
    };

    private static (string Name, int Strength) Inner(SqlNode value, string field) => value.Child(field) is { } inner ? Figure(inner) : ("?column?", 0);

    private static (string Name, int Strength) Link(SqlNode value) => value.Text("subLinkType") switch
    {
        "EXISTS_SUBLINK" => ("exists", 2),
        "ARRAY_SUBLINK" => ("array", 2),
        "EXPR_SUBLINK" when FirstTarget(value) is { } target => target.Text("name") is { } name ? (name, 2) : target.Child("val") is { } inner ? Figure(inner) : ("?column?", 0),
        _ => ("?column?", 0),
    };

    private static SqlNode? FirstTarget(SqlNode link)
    {
        SqlNode? query = link.Child("subselect");
        while (query?.Child("larg", "SelectStmt") is { } left)
        {
            query = left;
        }

        return query?.Children("targetList").Cast<SqlNode?>().FirstOrDefault();
    }
}
