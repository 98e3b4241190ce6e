using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>The items of FROM: transformFromClauseItem in parser/parse_clause.c.</summary>
internal sealed class FromReader(Analysis analysis)
{
    private readonly FunctionRows functionRows = new(analysis);

    /// <summary>Reads a whole FROM list within the scope around it.</summary>
    public IReadOnlyList<FromPart> ReadList(IEnumerable<SqlNode> nodes, Scope around)
    {
        List<FromPart> parts = [];
        foreach (SqlNode node in nodes)
        {
            parts.Add(Read(node, around, [.. parts]));
        }

        return parts;
    }

    /// <summary>A relation, noted as read, or the WITH query of its name.</summary>
    public FromPart ReadRelation(SqlNode node, Scope around)
    {
        analysis.Visit(node);
        string name = node.Text("relname") ?? "";
        string? schema = node.Text("schemaname");
        SqlNode? alias = node.Child("alias", "Alias");
        if (schema is null && around.Table(name) is { } table)
        {
            RowShape? columns = Renamed(table.Row, alias);
            return Part(alias?.Text("aliasname") ?? name, null, columns, StaticType.RecordOf(columns));
        }

        if (analysis.Names.Relation(schema, name) is not { } relation)
        {
            string shown = schema is null ? name : $"{schema}.{name}";
            analysis.Findings.Deny("relation.unknown", $"relation \"{shown}\" does not exist", "The name is not in the database's catalog.", node, "42P01");
            return Part(alias?.Text("aliasname") ?? name, null, null, StaticType.Any);
        }

        if (!relation.IsSystem || relation.ViewTrees.Count > 0 || FoundByValue.Of(analysis.Catalog, relation).Any() || SecretRelations.ViewRefusal(name) is not null)
        {
            analysis.Findings.Add(ObjectKind.Relation, relation.Oid, node.Location);
        }

        analysis.ReadsSamples |= analysis.Catalog.ShowsSamples(relation);
        RowShape? row = Renamed(analysis.Catalog.RowOf(relation), alias);
        string? inSchema = alias is null ? analysis.Catalog.SchemaName(relation.Schema) : null;
        return new FromPart([new RangeItem(alias?.Text("aliasname") ?? name, inSchema, row, new StaticType(relation.RowType)) { HasSystemColumns = relation.Kind != 'v' }], row);
    }

    private FromPart Read(SqlNode node, Scope around, IReadOnlyList<FromPart> beside)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node.Type)
        {
            case "RangeVar": return ReadRelation(node, around);
            case "RangeSubselect": return ReadQuery(node, around, beside);
            case "RangeFunction":
                NoteKept(beside, node);
                return ReadFunctions(node, new Scope(around, beside));
            case "RangeTableFunc":
                NoteKept(beside, node);
                return ReadTableFunction(node, new Scope(around, beside));
            case "RangeTableSample": return ReadSample(node, around, beside);
            case "JoinExpr": return ReadJoin(node, around, beside);
            default:
                analysis.Findings.Deny("node.unknown", $"{node.Type} is not understood in FROM.", "Only reads are passed on.", node);
                return new FromPart([], null);
        }
    }

    private FromPart ReadQuery(SqlNode node, Scope around, IReadOnlyList<FromPart> beside)
    {
        SqlNode? alias = node.Child("alias", "Alias");
        Scope scope = node.Flag("lateral") ? new Scope(around, beside) : around;
        NoteKept(node.Flag("lateral") ? beside : [], node);
        RowShape? row = node.Child("subquery") is { } query ? Renamed(analysis.Queries.Read(query, scope), alias) : null;
        return Part(alias?.Text("aliasname"), null, row, StaticType.RecordOf(row));
    }

    /// <summary>The results of what depends on the items beside it may be kept by the values that it took of them (Memoize), which are compared for that.</summary>
    private void NoteKept(IReadOnlyList<FromPart> beside, SqlNode node)
    {
        foreach (FromPart part in beside)
        {
            analysis.NoteSorted(part.Star, node);
        }
    }

    private FromPart ReadFunctions(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        SqlNode? alias = node.Child("alias", "Alias");
        (RowShape? row, StaticType whole, string? name) = functionRows.Read(node, scope, alias?.Text("aliasname"));
        row = Renamed(row, alias);
        return Part(alias?.Text("aliasname") ?? name, null, row, whole.Oid == SystemTypes.Record ? StaticType.RecordOf(row) : whole);
    }

    private FromPart ReadTableFunction(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        foreach (SqlNode child in new[] { node.Child("docexpr"), node.Child("rowexpr") }.OfType<SqlNode>().Concat(node.Children("namespaces")))
        {
            // The document is XML, the path and the names of namespaces are text.
            StaticType given = analysis.Expressions.Read(child, scope);
            analysis.Convert(given, SystemTypes.Xml, Coercions.Assignment, child);
            analysis.Convert(given, SystemTypes.Text, Coercions.Assignment, child);
        }

        List<RowColumn> columns = [];
        foreach (SqlNode column in node.Children("columns"))
        {
            StaticType type = column.Child("typeName", "TypeName") is { } name ? analysis.Types.Read(name) : new StaticType(SystemTypes.Int4);
            foreach (SqlNode child in new[] { column.Child("colexpr"), column.Child("coldefexpr") }.OfType<SqlNode>())
            {
                // A path is text, a default is what the column is.
                StaticType given = analysis.Expressions.Read(child, scope);
                analysis.Convert(given, SystemTypes.Text, Coercions.Assignment, child);
                analysis.Convert(given, type.Oid, Coercions.Assignment, child);
            }

            columns.Add(new RowColumn(column.Text("colname") ?? "", type));
        }

        SqlNode? alias = node.Child("alias", "Alias");
        RowShape row = new RowShape(columns).Renamed(alias?.Names("colnames") ?? []);
        return Part(alias?.Text("aliasname") ?? "xmltable", null, row, StaticType.RecordOf(row));
    }

    private FromPart ReadSample(SqlNode node, Scope around, IReadOnlyList<FromPart> beside)
    {
        FromPart part = node.Child("relation") is { } relation ? Read(relation, around, beside) : new FromPart([], null);
        if (analysis.Names.Functions(node.Names("method")).Any(found => SampleMethods.IsHandler(found.Function) && !SampleMethods.IsKnown(found.Function)))
        {
            analysis.Findings.Deny("sample.not-allowed", $"{string.Join('.', node.Names("method"))} can mean a sampling method that is not PostgreSQL's own.", "Use pg_catalog.BERNOULLI or pg_catalog.SYSTEM.", node);
        }

        foreach (SqlNode argument in node.Children("args").Concat(new[] { node.Child("repeatable") }.OfType<SqlNode>()))
        {
            // What it becomes is the method's to say: of PostgreSQL's own real, of the extensions' bigint and double precision, which the seed is too.
            StaticType given = analysis.Expressions.Read(argument, new Scope(around, beside));
            foreach (uint taken in new[] { SystemTypes.Float4, SystemTypes.Float8, SystemTypes.Int8 })
            {
                analysis.Convert(given, taken, Coercions.Assignment, argument);
            }
        }

        return part;
    }

    private FromPart ReadJoin(SqlNode node, Scope around, IReadOnlyList<FromPart> beside)
    {
        analysis.Visit(node);
        FromPart left = node.Child("larg") is { } first ? Read(first, around, beside) : new FromPart([], null);
        FromPart right = node.Child("rarg") is { } second ? Read(second, around, [.. beside, left]) : new FromPart([], null);
        if (node.Child("quals") is { } condition)
        {
            analysis.Convert(analysis.Expressions.Read(condition, new Scope(around, [left, right])), SystemTypes.Bool, Coercions.Assignment, condition);
        }

        FromPart joined = new JoinMerge(analysis, left, right).Merge(node);
        SqlNode? alias = node.Child("alias", "Alias");
        RowShape? row = Renamed(joined.Star, alias);
        return alias?.Text("aliasname") is { } name ? Part(name, null, row, StaticType.RecordOf(row)) : joined;
    }

    private static FromPart Part(string? name, string? schema, RowShape? row, StaticType whole) => new([new RangeItem(name, schema, row, whole)], row);

    private static RowShape? Renamed(RowShape? row, SqlNode? alias) => row?.Renamed(alias?.Names("colnames") ?? []);
}
