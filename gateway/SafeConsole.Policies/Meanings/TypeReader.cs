using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Names of types. A value of every type that is named may be made.</summary>
internal sealed class TypeReader(Analysis analysis)
{
    /// <summary>The type that a TypeName means; one that cannot be told where it has no meaning, which denies the statement. An oid that is cast to regtype names nothing.</summary>
    public StaticType Read(SqlNode node, uint cast = 0)
    {
        analysis.Visit(node);
        foreach (SqlNode modifier in node.Children("typmods"))
        {
            // numeric(10, 2); a bare word is a column reference to the grammar.
            analysis.Expressions.Read(modifier, Scope.Empty);
        }

        IReadOnlyList<string> names = node.Names("names");
        if (analysis.Names.Type(names) is not { } type)
        {
            analysis.Findings.Deny("type.unknown", $"type \"{string.Join('.', names)}\" does not exist", "The name is not in the database's catalog.", node, "42704");
            return StaticType.Any;
        }

        uint oid = node.Has("arrayBounds") ? type.ArrayOrSelf : type.Oid;
        bool relabelled = oid is SystemTypes.RegType or SystemTypes.RegProcedure or SystemTypes.RegOperator && cast is SystemTypes.Oid or SystemTypes.Int2 or SystemTypes.Int4 or SystemTypes.Int8;
        analysis.Findings.Add(ObjectKind.Type, relabelled ? 0 : oid, node.Location);
        return new StaticType(oid);
    }

    /// <summary>The types of a column definition list, as in json_to_record(…) AS t(a integer).</summary>
    public RowShape ReadColumns(IEnumerable<SqlNode> definitions)
    {
        List<RowColumn> columns = [];
        foreach (SqlNode definition in definitions.Where(definition => definition.Type == "ColumnDef"))
        {
            StaticType type = definition.Child("typeName", "TypeName") is { } name ? Read(name) : StaticType.Any;
            columns.Add(new RowColumn(definition.Text("colname") ?? "", type));
        }

        return new RowShape(columns);
    }

    /// <summary>The columns of a composite type as a row; null for any other type.</summary>
    public RowShape? RowOf(uint type) => analysis.Catalog.RelationOf(type) is { } relation ? analysis.Catalog.RowOf(relation) : null;

    /// <summary>The element that a subscript takes out; one that cannot be told where the type is not known to have any.</summary>
    public StaticType ElementOf(StaticType container)
    {
        uint under = analysis.Catalog.BaseOf(container.Oid);
        return analysis.Catalog.Type(under) switch
        {
            { IsArray: true } array => new StaticType(array.Element),
            { Oid: SystemTypes.Jsonb } => container,
            _ => StaticType.Any,
        };
    }

    /// <summary>The array of a type.</summary>
    public StaticType ArrayOf(StaticType element) => new(element.IsAny ? 0 : analysis.Catalog.Type(element.Settled.Oid) is { } type ? type.IsArray ? type.Oid : type.Array : 0);
}
