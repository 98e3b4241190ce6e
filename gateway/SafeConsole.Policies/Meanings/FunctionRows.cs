using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>The columns of functions in FROM: addRangeTableEntryForFunction in parser/parse_relation.c.</summary>
internal sealed class FunctionRows(Analysis analysis)
{
    /// <summary>Reads the functions; gives their columns (null where they cannot be told), the type of the whole row and the first one's name.</summary>
    public (RowShape? Row, StaticType Whole, string? Name) Read(SqlNode node, Scope scope, string? alias)
    {
        SqlNode[] functions = [.. node.Children("functions")];
        RowShape? definitions = node.Has("coldeflist") ? analysis.Types.ReadColumns(node.Children("coldeflist")) : null;
        List<RowColumn>? columns = [];
        StaticType whole = StaticType.Any;
        foreach (SqlNode[] pair in functions.Select(function => function.Children("items").ToArray()))
        {
            if (definitions is null && pair is [{ Type: "FuncCall" } call, ..] && analysis.Calls.ReadParallelUnnest(call, scope) is { } unnested)
            {
                columns?.AddRange(unnested.Columns);
                continue;
            }

            RowShape? own = pair.Length > 1 ? analysis.Types.ReadColumns(pair[1].Children("items")) : definitions;
            whole = pair.Length > 0 ? analysis.Expressions.Read(pair[0], scope) : StaticType.Any;
            NoteDefined(own, pair, node);
            RowShape? row = own ?? RowOf(whole, pair.Length > 0 ? pair[0] : null, functions.Length == 1 ? alias : null);
            columns = row is null ? null : columns?.Concat(row.Columns).ToList();
        }

        if (node.Flag("ordinality"))
        {
            columns?.Add(new RowColumn("ordinality", new StaticType(SystemTypes.Int8)));
        }

        RowShape? all = columns is null ? null : new RowShape(columns);
        bool single = functions.Length == 1 && !node.Flag("ordinality");
        return (all, single && !whole.IsAny && whole.Oid != SystemTypes.Record ? whole : StaticType.RecordOf(all), NameOf(functions));
    }

    /// <summary>The body of a function in SQL has what it selects assigned to the columns that its caller defines.</summary>
    private void NoteDefined(RowShape? defined, SqlNode[] pair, SqlNode node)
    {
        bool application = pair is [{ Type: "FuncCall" } call, ..]
            && (analysis.Catalog.FunctionsByName.GetValueOrDefault(call.Names("funcname")[^1]) ?? []).Any(function => OpenFunctions.IsWritten(analysis.Catalog, function));
        foreach (RowColumn column in application ? defined?.Columns ?? [] : [])
        {
            analysis.Note(ObjectKind.AssignedType, column.Type, node);
        }
    }

    /// <summary>A row's own columns; a scalar is one column, named by its only output argument, the alias, or the function.</summary>
    private RowShape? RowOf(StaticType type, SqlNode? call, string? alias)
    {
        if (type.Row is not null || type.IsAny || type.Oid == SystemTypes.Record)
        {
            return type.Row;
        }

        return analysis.Types.RowOf(type.Oid) ?? (ColumnName(call, alias) is { } name ? new RowShape([new RowColumn(name, type)]) : null);
    }

    /// <summary>The name of a function's only column: of its only output argument, the alias, or its own; null where functions of one name do not agree on it.</summary>
    private string? ColumnName(SqlNode? call, string? alias)
    {
        string[] outputs = call is { Type: "FuncCall" } function
            ? [.. (analysis.Catalog.FunctionsByName.GetValueOrDefault(function.Names("funcname")[^1]) ?? []).Select(one => one.Outputs.ToArray() is [{ Name.Length: > 0 } only] ? only.Name : "").Distinct()]
            : [""];
        return outputs is [var agreed] ? agreed.Length > 0 ? agreed : alias ?? (call is { } named ? OutputNames.Of(named) : null) : null;
    }

    private static string? NameOf(SqlNode[] functions) => functions.Length > 0 && functions[0].Children("items").Cast<SqlNode?>().FirstOrDefault() is { } call ? OutputNames.Of(call) : null;
}
