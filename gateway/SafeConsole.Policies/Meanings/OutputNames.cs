using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>The names that result columns get where none is written: FigureColnameInternal in parser/parse_target.c.</summary>
internal static class OutputNames
{
    /// <summary>The column's name; null where it cannot be told.</summary>
    public static string? Of(SqlNode value) => Figure(value).Name;

    private static (string? Name, int Strength) Figure(SqlNode value) => value.Type switch
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
        "XmlExpr" => (Xml(value.Text("op")), value.Text("op") == "IS_DOCUMENT" ? 0 : 2),
        "XmlSerialize" => ("xmlserialize", 2),
        _ => ("?column?", 0),
    };

    private static (string? Name, int Strength) Inner(SqlNode value, string field) => value.Child(field) is { } inner ? Figure(inner) : ("?column?", 0);

    private static string? Xml(string? op) => op switch
    {
        "IS_XMLCONCAT" or "IS_XMLELEMENT" or "IS_XMLFOREST" or "IS_XMLPARSE" or "IS_XMLPI" or "IS_XMLROOT" => op["IS_".Length..].ToLowerInvariant(),
        "IS_DOCUMENT" => "?column?",
        _ => null,
    };

    private static (string? Name, int Strength) Link(SqlNode value) => value.Text("subLinkType") switch
    {
        "EXISTS_SUBLINK" => ("exists", 2),
        "ARRAY_SUBLINK" => ("array", 2),
        "EXPR_SUBLINK" => (FirstColumn(value.Child("subselect")), 2),
        _ => ("?column?", 0),
    };

    /// <summary>The name of a sub-select's first column: of a star it cannot be told.</summary>
    private static string? FirstColumn(SqlNode? query)
    {
        while (query?.Child("larg", "SelectStmt") is { } left)
        {
            query = left;
        }

        if (query is not { } first || first.Has("valuesLists"))
        {
            return query is null ? null : "column1";
        }

        return first.Children("targetList").FirstOrDefault() is { Type: "ResTarget" } target ? target.Text("name") ?? (target.Child("val") is { } inner && !IsStar(inner) ? Of(inner) : null) : null;
    }

    /// <summary>Whether it stands for any number of columns.</summary>
    public static bool IsStar(SqlNode value) => value.Type switch
    {
        "ColumnRef" => value.Names("fields") is [.., "*"],
        "A_Indirection" => value.Children("indirection").LastOrDefault() is { Type: "A_Star" },
        _ => false,
    };
}
