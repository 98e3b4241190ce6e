using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// Columns, fields and whole rows: transformColumnRef and transformIndirection in parser/parse_expr.c. A name after a dot that is no column is the call of a function of
/// that name with what stands before the dot.
/// </summary>
internal sealed class ColumnReader(Analysis analysis)
{
    /// <summary>The type of a ColumnRef.</summary>
    public StaticType Read(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        IReadOnlyList<string> names = node.Names("fields");
        if (names is [.., "*"])
        {
            return names.Count == 1 ? StaticType.RecordOf(scope.Star) : Item(names, names.Count - 1, scope)?.WithColumns ?? StaticType.Any;
        }

        StaticType? column = names.Count == 1 ? scope.Column(names[0]) : null;
        if (analysis.Variables?.Find(names) is { } variable && (column is null || analysis.Variables.HidesColumns))
        {
            StaticType? other = names.Count > 1 ? OfItem(node, names, scope) : column ?? Item(names, 1, scope)?.Whole;
            return other is null || other == variable ? variable : StaticType.Any;
        }

        return column ?? (names.Count == 1 ? Item(names, 1, scope)?.Whole ?? StaticType.Any : Qualified(node, names, scope));
    }

    /// <summary>A value with subscripts and fields behind it.</summary>
    public StaticType ReadIndirection(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        StaticType value = node.Child("arg") is { } argument ? analysis.Expressions.Read(argument, scope) : StaticType.Any;
        if (node.Child("arg") is { Type: "ColumnRef" } reference && reference.Names("fields") is [var name] && scope.Column(name) is null && scope.Item(null, name) is { } item && item.Whole == value)
        {
            // Of a whole row of FROM the fields have the names that they were given there, which need not be their type's.
            value = item.WithColumns;
        }

        bool direct = node.Child("arg") is { Type: "ColumnRef" or "RowExpr" or "FuncCall" };
        foreach (SqlNode step in node.Children("indirection"))
        {
            value = step.Type switch
            {
                "String" => Field(direct ? value : WithoutFields(value), step.Text("sval") ?? "", node),
                "A_Indices" => Subscript(value, step, scope),
                _ => value,
            };
            direct = false;
        }

        return value;
    }

    /// <summary>Of a record the server knows the fields where it is a column, a row of FROM, a row that is written or what a function gives; of COALESCE or a sub-select it does not, and calls a function.</summary>
    private static StaticType WithoutFields(StaticType value) => value.Oid == SystemTypes.Record ? new StaticType(SystemTypes.Record) : value;

    /// <summary>A field of a value, or the call that attribute notation makes.</summary>
    public StaticType Field(StaticType value, string name, SqlNode at)
    {
        RowShape? row = value.Row ?? analysis.Types.RowOf(value.Oid);
        if (row?.Named(name).Take(1).ToArray() is [var type])
        {
            return type;
        }

        return analysis.Calls.ReadAttribute(name, value, at);
    }

    private StaticType Qualified(SqlNode node, IReadOnlyList<string> names, Scope scope) =>
        OfItem(node, names, scope) ?? analysis.Calls.ReadAttribute(names[^1], analysis.Variables?.Find([.. names.SkipLast(1)]) ?? StaticType.Any, node);

    /// <summary>
    /// What the last name is of the item of FROM that the names before it mean; null where there is no such item. In a function's body a variable can have the item's name as well, and which one is meant
    /// depends on where the variable was declared and which fields it has.
    /// </summary>
    private StaticType? OfItem(SqlNode node, IReadOnlyList<string> names, Scope scope)
    {
        string name = names[^1];
        if (scope.Item(names.Count > 2 ? names[^3] : null, names[^2]) is not { } item)
        {
            return null;
        }

        StaticType[] types = [.. item.Row?.Named(name) ?? []];
        return types.Length switch
        {
            > 1 => StaticType.Any,
            1 => types[0],
            _ when item.HasSystemColumns && SystemColumns.Of(name) is { } system => system,
            _ => analysis.Calls.ReadAttribute(name, item.Row is null ? StaticType.Any : item.Whole, node),
        };
    }

    private static RangeItem? Item(IReadOnlyList<string> names, int count, Scope scope) => count switch
    {
        1 => scope.Item(null, names[0]),
        2 => scope.Item(names[0], names[1]),
        3 => scope.Item(names[1], names[2]),
        _ => null,
    };

    private StaticType Subscript(StaticType value, SqlNode step, Scope scope)
    {
        bool array = analysis.Catalog.ElementOf(analysis.Catalog.BaseOf(value.Oid)) != 0;
        foreach (string bound in new[] { "lidx", "uidx" })
        {
            if (step.Child(bound) is { } index)
            {
                StaticType type = analysis.Expressions.Read(index, scope);
                analysis.Convert(type, SystemTypes.Int4, Overloads.Coercions.Assignment, index);
                // Of jsonb and hstore it is a key.
                analysis.Convert(type, array ? 0 : SystemTypes.Text, Overloads.Coercions.Assignment, index);
            }
        }

        return step.Flag("is_slice") ? value : analysis.Types.ElementOf(value);
    }
}
