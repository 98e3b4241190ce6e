using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Queries: transformSelectStmt, transformValuesClause and transformSetOperationStmt in parser/analyze.c.</summary>
internal sealed class QueryReader(Analysis analysis)
{
    /// <summary>The columns of a query's result, literals settled as text; null where they cannot be told.</summary>
    public RowShape? Read(SqlNode query, Scope around) => Settled(ReadArm(query, around, null));

    /// <summary>ORDER BY one thing; the type it sorts by. The output's columns come first where it is a bare name.</summary>
    public StaticType ReadSort(SqlNode sort, Scope scope, RowShape? output)
    {
        analysis.Visit(sort);
        StaticType type = sort.Child("node") is { } node ? ReadOrdered(node, scope, output).Settled : StaticType.Any;
        if (sort.Names("useOp") is { Count: > 0 } name)
        {
            analysis.Operators.Apply(name, [type, type], sort, orders: true);
        }

        return type;
    }

    /// <summary>A window's partition, order and frame.</summary>
    public void ReadWindow(SqlNode window, Scope scope)
    {
        foreach (SqlNode node in window.Children("partitionClause"))
        {
            analysis.NoteSorted(analysis.Expressions.Read(node, scope), node);
        }

        foreach (SqlNode sort in window.Children("orderClause"))
        {
            ReadSort(sort, scope, null);
        }

        foreach (SqlNode offset in new[] { window.Child("startOffset"), window.Child("endOffset") }.OfType<SqlNode>())
        {
            StaticType given = analysis.Expressions.Read(offset, scope);
            foreach (uint taken in analysis.Catalog.UserCasts.IsEmpty ? [] : OffsetTypes())
            {
                analysis.Convert(given, taken, Coercions.Assignment, offset);
            }
        }
    }

    /// <summary>What a frame's offset may become: a number of rows, or what an in_range function takes, of PostgreSQL's or of the application.</summary>
    private IEnumerable<uint> OffsetTypes()
    {
        uint[] own = [SystemTypes.Int8, SystemTypes.Int4, SystemTypes.Int2, SystemTypes.Float8, SystemTypes.Numeric, SystemTypes.Interval];
        return analysis.Catalog.SupportFunctions.Values.SelectMany(functions => functions)
            .Select(function => analysis.Catalog.Functions.GetValueOrDefault(function)).Where(function => function?.Arguments.Length == 5).Select(function => function!.Arguments[2]).Concat(own);
    }

    /// <summary>The scope with a WITH clause's queries in it.</summary>
    public Scope ReadWith(SqlNode? with, Scope around)
    {
        if (with is not { } clause)
        {
            return around;
        }

        Dictionary<string, CommonTable> tables = [];
        var scope = new Scope(around, [], tables);
        SqlNode[] queries = [.. clause.Children("ctes")];
        if (clause.Flag("recursive"))
        {
            foreach (SqlNode query in queries)
            {
                tables[query.Text("ctename") ?? ""] = new CommonTable();
            }
        }

        foreach (SqlNode query in queries)
        {
            // Without RECURSIVE a query sees those before it, and under its own name what is further out.
            string name = query.Text("ctename") ?? "";
            CommonTable table = tables.GetValueOrDefault(name) ?? new CommonTable();
            ReadCommonTable(query, table, scope, clause.Flag("recursive"));
            tables[name] = table;
        }

        return scope;
    }

    private void ReadCommonTable(SqlNode query, CommonTable table, Scope scope, bool recursive)
    {
        IReadOnlyList<string> aliases = query.Names("aliascolnames");
        RowShape? row = query.Child("ctequery") is { Type: "SelectStmt" } select
            ? Settled(ReadArm(select, scope, recursive ? first => table.Row = Settled(first)?.Renamed(aliases) : null))?.Renamed(aliases)
            : null;
        List<RowColumn> added = [];
        if (query.Child("search_clause", "CTESearchClause") is { } search)
        {
            added.Add(new RowColumn(search.Text("search_seq_column") ?? "", StaticType.Any));
        }

        if (query.Child("cycle_clause", "CTECycleClause") is { } cycle)
        {
            StaticType[] marks = [.. new[] { cycle.Child("cycle_mark_value"), cycle.Child("cycle_mark_default") }.OfType<SqlNode>().Select(mark => analysis.Expressions.Read(mark, Scope.Empty))];
            analysis.NoteSorted(row, cycle);
            added.Add(new RowColumn(cycle.Text("cycle_mark_column") ?? "", marks.Length > 0 ? analysis.Unify(marks, cycle).Settled : new StaticType(SystemTypes.Bool)));
            added.Add(new RowColumn(cycle.Text("cycle_path_column") ?? "", StaticType.Any));
        }

        table.Row = row is null ? null : new RowShape([.. row.Columns, .. added]);
    }

    /// <summary>A query whose literals are left as they are: an arm of UNION gives them their type. The left arm is shown before the right one is read.</summary>
    private RowShape? ReadArm(SqlNode query, Scope around, Action<RowShape?>? first)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        if (query.Type != "SelectStmt")
        {
            analysis.Findings.Deny("node.unknown", $"{query.Type} is not understood as a query.", "Only reads are passed on.", query);
            return null;
        }

        analysis.Visit(query);
        Scope scope = ReadWith(query.Child("withClause", "WithClause"), around);
        if (query.Text("op") is not (null or "SETOP_NONE"))
        {
            return ReadOperation(query, scope, first);
        }

        return query.Has("valuesLists") ? ReadValues(query, scope) : ReadSelect(query, scope);
    }

    private RowShape? ReadOperation(SqlNode query, Scope scope, Action<RowShape?>? first)
    {
        RowShape? left = query.Child("larg", "SelectStmt") is { } one ? ReadArm(one, scope, null) : null;
        first?.Invoke(left);
        RowShape? right = query.Child("rarg", "SelectStmt") is { } other ? ReadArm(other, scope, null) : null;
        RowShape? row = left is null || right is null || left.Columns.Count != right.Columns.Count
            ? null
            : new RowShape([.. left.Columns.Zip(right.Columns, (a, b) => a with { Type = analysis.Unify([a.Type, b.Type], query).Settled })]);
        if (row is null)
        {
            // Which columns meet cannot be told: a literal of one side may become a value of the other.
            analysis.NoteMade([.. (left ?? right)?.Columns.Select(column => column.Type) ?? [], StaticType.Any], query);
        }

        if (query.Text("op") != "SETOP_UNION" || !query.Flag("all"))
        {
            analysis.NoteSorted(row, query);
        }

        ReadEnd(query, row is null ? scope : new Scope(scope, [new FromPart([new RangeItem(null, null, row, StaticType.Any)], row)]), scope, row);
        return row;
    }

    private RowShape? ReadValues(SqlNode query, Scope scope)
    {
        List<List<StaticType>> rows = [.. query.Children("valuesLists").Select(list => analysis.Expressions.ReadList(list, "items", scope))];
        int width = rows.Count == 0 ? 0 : rows[0].Count;
        RowShape? row = rows.Any(one => one.Count != width)
            ? null
            : new RowShape([.. Enumerable.Range(0, width).Select(place => new RowColumn($"column{place + 1}", analysis.Unify([.. rows.Select(one => one[place]).Distinct()], query)))]);
        ReadEnd(query, scope, scope, row);
        return row;
    }

    private RowShape? ReadSelect(SqlNode query, Scope around)
    {
        var scope = new Scope(around, analysis.From.ReadList(query.Children("fromClause"), around));
        RowShape? row = ReadTargets(query, scope);
        foreach (string condition in new[] { "whereClause", "havingClause" })
        {
            if (query.Child(condition) is { } node)
            {
                analysis.Convert(analysis.Expressions.Read(node, scope), SystemTypes.Bool, Coercions.Assignment, node);
            }
        }

        ReadGroups(query, scope, row);
        foreach (SqlNode window in query.Children("windowClause"))
        {
            ReadWindow(window, scope);
        }

        ReadEnd(query, scope, scope, row);
        return row;
    }

    /// <summary>GROUP BY and DISTINCT.</summary>
    private void ReadGroups(SqlNode query, Scope scope, RowShape? row)
    {
        foreach (SqlNode node in query.Children("groupClause"))
        {
            ReadGroup(node, scope, row);
        }

        if (query.Has("distinctClause") && !query.Children("distinctClause").Any())
        {
            analysis.NoteSorted(row, query);
        }

        foreach (SqlNode node in query.Children("distinctClause"))
        {
            ReadOrdered(node, scope, row);
        }
    }

    private RowShape? ReadTargets(SqlNode query, Scope scope)
    {
        List<RowColumn> columns = [];
        bool known = true;
        foreach (SqlNode target in query.Children("targetList"))
        {
            if (target.Child("val") is not { } value)
            {
                continue;
            }

            StaticType type = analysis.Expressions.Read(value, scope);
            if (OutputNames.IsStar(value))
            {
                RowShape? row = type.Row ?? analysis.Types.RowOf(type.Oid);
                known &= row is not null;
                columns.AddRange(row?.Columns ?? []);
            }
            else if ((target.Text("name") ?? OutputNames.Of(value)) is { } name)
            {
                columns.Add(new RowColumn(name, type));
            }
            else
            {
                known = false;
            }
        }

        return known ? new RowShape(columns) : null;
    }

    private void ReadGroup(SqlNode node, Scope scope, RowShape? output)
    {
        if (node.Type == "GroupingSet")
        {
            foreach (SqlNode inner in node.Children("content"))
            {
                ReadGroup(inner, scope, output);
            }
        }
        else if (node.Type == "RowExpr")
        {
            analysis.Visit(node);
            foreach (SqlNode inner in node.Children("args"))
            {
                ReadGroup(inner, scope, output);
            }
        }
        else
        {
            ReadOrdered(node, scope, output);
        }
    }

    /// <summary>ORDER BY, LIMIT and OFFSET. An expression in ORDER BY sees the items of FROM, a bare name the output first.</summary>
    private void ReadEnd(SqlNode query, Scope sorting, Scope limiting, RowShape? output)
    {
        foreach (SqlNode sort in query.Children("sortClause"))
        {
            ReadSort(sort, sorting, output);
        }

        foreach (SqlNode limit in new[] { query.Child("limitOffset"), query.Child("limitCount") }.OfType<SqlNode>())
        {
            analysis.Convert(analysis.Expressions.Read(limit, limiting), SystemTypes.Int8, Coercions.Assignment, limit);
        }
    }

    private StaticType ReadOrdered(SqlNode node, Scope scope, RowShape? output)
    {
        StaticType type = analysis.Expressions.Read(node, scope);
        bool bare = node.Type == "ColumnRef" && node.Names("fields").Count == 1;
        bool number = node.Type == "A_Const" && node.Has("ival");
        foreach (StaticType sorted in number ? [Numbered(node, output)] : bare ? Meant(node.Names("fields")[0], type, scope, output) : [type])
        {
            analysis.NoteSorted(sorted, node);
        }

        return output is not null && (number || (bare && output.Named(node.Names("fields")[0]).Any(other => other != type))) ? StaticType.Any : type;
    }

    /// <summary>The type of the output's column that a number stands for.</summary>
    private static StaticType Numbered(SqlNode node, RowShape? output) =>
        node.Child("ival", "Integer")?.Integer("ival") is { } number and >= 1 && number <= output?.Columns.Count ? output.Columns[(int)number - 1].Type : StaticType.Any;

    /// <summary>The types that a bare name can have: of the output's columns, and of a column or row of FROM.</summary>
    private static IEnumerable<StaticType> Meant(string name, StaticType read, Scope scope, RowShape? output)
    {
        StaticType[] named = [.. output?.Named(name) ?? []];
        return named.Length > 0 && read.IsAny && scope.Column(name) is null ? named : named.Append(read);
    }

    private static RowShape? Settled(RowShape? row) => row is null ? null : new RowShape([.. row.Columns.Select(column => column with { Type = column.Type.Settled })]);
}
