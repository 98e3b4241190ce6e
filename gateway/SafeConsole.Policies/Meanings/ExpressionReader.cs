using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>Expressions: transformExprRecurse in parser/parse_expr.c.</summary>
internal sealed class ExpressionReader(Analysis analysis)
{
    /// <summary>The expression's type; what is in it is noted.</summary>
    public StaticType Read(SqlNode node, Scope scope)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return node.Type switch
        {
            "A_Const" => Constant(node),
            "ColumnRef" => analysis.Columns.Read(node, scope),
            "A_Indirection" => analysis.Columns.ReadIndirection(node, scope),
            "A_Expr" => analysis.Operators.Read(node, scope),
            "FuncCall" => analysis.Calls.Read(node, scope),
            "TypeCast" => ReadCast(node, scope),
            "ParamRef" => ReadParameter(node),
            "BoolExpr" => ReadAll(node, "args", scope, SystemTypes.Bool, SystemTypes.Bool),
            "NullTest" or "BooleanTest" => ReadTest(node, scope),
            "CaseExpr" => ReadCase(node, scope),
            "CoalesceExpr" => analysis.Unify(ReadList(node, "args", scope), node),
            "MinMaxExpr" => ReadExtreme(node, scope),
            "CollateClause" => node.Child("arg") is { } argument ? Read(argument, scope) : StaticType.Any,
            "A_ArrayExpr" => ReadArray(node, scope),
            "RowExpr" => ReadRowValue(node, scope),
            "SubLink" => ReadLink(node, scope),
            "SQLValueFunction" => new StaticType(ValueFunction(node.Text("op"))),
            "XmlExpr" => ReadXml(node, scope),
            "XmlSerialize" => ReadSerialize(node, scope),
            "GroupingFunc" => ReadAll(node, "args", scope, 0, SystemTypes.Int4),
            "ResTarget" => node.Child("val") is { } value ? Read(value, scope) : StaticType.Any,
            "SetToDefault" => StaticType.Any,
            _ => Unknown(node),
        };
    }

    /// <summary>The types of a row's fields.</summary>
    public IReadOnlyList<StaticType> ReadRow(SqlNode row, Scope scope)
    {
        analysis.Visit(row);
        return ReadList(row, "args", scope);
    }

    /// <summary>A sub-select in an expression; the columns of its query.</summary>
    public RowShape ReadSubLink(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        return node.Child("subselect") is { } query ? analysis.Queries.Read(query, scope) ?? new RowShape([]) : new RowShape([]);
    }

    /// <summary>The types of several expressions.</summary>
    public List<StaticType> ReadList(SqlNode node, string field, Scope scope) => [.. node.Children(field).Select(child => Read(child, scope))];

    private static StaticType Constant(SqlNode node) => node switch
    {
        _ when node.Has("isnull") => StaticType.Null,
        _ when node.Has("ival") => new StaticType(SystemTypes.Int4),
        _ when node.Has("boolval") => new StaticType(SystemTypes.Bool),
        _ when node.Has("bsval") => new StaticType(SystemTypes.Bit),
        _ when node.Has("fval") => new StaticType(IsLong(node) ? SystemTypes.Int8 : SystemTypes.Numeric),
        _ => StaticType.Literal,
    };

    private static bool IsLong(SqlNode node) => long.TryParse(node.Child("fval", "Float")?.Text("fval"), System.Globalization.CultureInfo.InvariantCulture, out _);

    private StaticType ReadAll(SqlNode node, string field, Scope scope, uint taken, uint given)
    {
        foreach (SqlNode child in node.Children(field))
        {
            analysis.Convert(Read(child, scope), taken, Coercions.Assignment, child);
        }

        return new StaticType(given);
    }

    private StaticType ReadTest(SqlNode node, Scope scope)
    {
        if (node.Child("arg") is { } argument)
        {
            StaticType type = Read(argument, scope);
            analysis.Convert(type, node.Type == "BooleanTest" ? SystemTypes.Bool : 0, Coercions.Assignment, node);
        }

        return new StaticType(SystemTypes.Bool);
    }

    private StaticType ReadCast(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        SqlNode? argument = node.Child("arg");
        StaticType value = argument is { } given ? Read(given, scope) : StaticType.Any;
        StaticType target = node.Child("typeName", "TypeName") is { } name ? analysis.Types.Read(name, value.Oid) : StaticType.Any;
        if (argument is { } converted)
        {
            analysis.Convert(converted.Type == "A_ArrayExpr" ? StaticType.Any : value, target.Oid, Coercions.Explicit, node);
        }

        return target;
    }

    private StaticType ReadParameter(SqlNode node)
    {
        analysis.Visit(node);
        return analysis.Variables?.Parameter((int)node.Integer("number")) ?? StaticType.Any;
    }

    private StaticType ReadCase(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        StaticType? subject = node.Child("arg") is { } argument ? Read(argument, scope).Settled : null;
        List<StaticType> results = [];
        foreach (SqlNode branch in node.Children("args"))
        {
            StaticType when = branch.Child("expr") is { } condition ? Read(condition, scope) : StaticType.Any;
            if (subject is { } compared)
            {
                analysis.Operators.ApplyEqual(compared, when, branch);
            }
            else
            {
                analysis.Convert(when, SystemTypes.Bool, Coercions.Assignment, branch);
            }

            results.Add(branch.Child("result") is { } result ? Read(result, scope) : StaticType.Any);
        }

        // Without ELSE the result of none is NULL, a literal.
        results.Add(node.Child("defresult") is { } otherwise ? Read(otherwise, scope) : StaticType.Null);
        return analysis.Unify(results, node).Settled;
    }

    private StaticType ReadExtreme(SqlNode node, Scope scope)
    {
        StaticType type = analysis.Unify(ReadList(node, "args", scope), node);
        analysis.NoteSorted(type, node);
        return type;
    }

    private StaticType ReadArray(SqlNode node, Scope scope)
    {
        List<StaticType> elements = ReadList(node, "elements", scope);
        return elements.Count == 0 ? StaticType.Any : analysis.Types.ArrayOf(analysis.Unify(elements, node));
    }

    private StaticType ReadRowValue(SqlNode node, Scope scope)
    {
        IReadOnlyList<StaticType> fields = ReadRow(node, scope);
        bool star = node.Children("args").Any(field => field.Type == "ColumnRef" && field.Names("fields") is [.., "*"]);
        return StaticType.RecordOf(star ? null : new RowShape([.. fields.Select((field, place) => new RowColumn($"f{place + 1}", field.Settled))]));
    }

    private StaticType ReadLink(SqlNode node, Scope scope)
    {
        IReadOnlyList<StaticType>? tested = node.Child("testexpr") is { } test ? test.Type == "RowExpr" ? ReadRow(test, scope) : [Read(test, scope)] : null;
        RowShape row = ReadSubLink(node, scope);
        if (tested is not null)
        {
            analysis.Operators.ApplyToColumns(node.Names("operName"), tested, row, node);
        }

        StaticType first = row.Columns.Count > 0 ? row.Columns[0].Type : StaticType.Any;
        return node.Text("subLinkType") switch
        {
            "EXPR_SUBLINK" => first,
            "ARRAY_SUBLINK" => new StaticType(first.IsAny ? 0 : analysis.Catalog.Type(first.Settled.Oid)?.ArrayOrSelf ?? 0),
            "EXISTS_SUBLINK" or "ANY_SUBLINK" or "ALL_SUBLINK" => new StaticType(SystemTypes.Bool),
            _ => StaticType.Any,
        };
    }

    /// <summary>What the arguments become: transformXmlExpr.</summary>
    private StaticType ReadXml(SqlNode node, Scope scope)
    {
        string? op = node.Text("op");
        foreach (SqlNode argument in node.Children("named_args"))
        {
            Read(argument, scope);
        }

        foreach ((SqlNode argument, int place) in node.Children("args").Select((argument, place) => (argument, place)))
        {
            uint taken = op switch
            {
                "IS_XMLELEMENT" or "IS_XMLFOREST" => 0,
                "IS_XMLPI" => SystemTypes.Text,
                "IS_XMLPARSE" => place == 0 ? SystemTypes.Text : SystemTypes.Bool,
                "IS_XMLROOT" => place == 0 ? SystemTypes.Xml : place == 1 ? SystemTypes.Text : SystemTypes.Int4,
                _ => SystemTypes.Xml,
            };
            analysis.Convert(Read(argument, scope), taken, Coercions.Assignment, argument);
        }

        return new StaticType(op == "IS_DOCUMENT" ? SystemTypes.Bool : SystemTypes.Xml);
    }

    private StaticType ReadSerialize(SqlNode node, Scope scope)
    {
        if (node.Child("expr") is { } value)
        {
            analysis.Convert(Read(value, scope), SystemTypes.Xml, Coercions.Assignment, node);
        }

        StaticType target = node.Child("typeName", "TypeName") is { } name ? analysis.Types.Read(name) : StaticType.Any;
        analysis.Convert(new StaticType(SystemTypes.Text), target.Oid, Coercions.Assignment, node);
        return target;
    }

    private static uint ValueFunction(string? op) => op switch
    {
        "SVFOP_CURRENT_DATE" => SystemTypes.Date,
        "SVFOP_CURRENT_TIME" or "SVFOP_CURRENT_TIME_N" => SystemTypes.TimeTz,
        "SVFOP_CURRENT_TIMESTAMP" or "SVFOP_CURRENT_TIMESTAMP_N" => SystemTypes.TimestampTz,
        "SVFOP_LOCALTIME" or "SVFOP_LOCALTIME_N" => SystemTypes.Time,
        "SVFOP_LOCALTIMESTAMP" or "SVFOP_LOCALTIMESTAMP_N" => SystemTypes.Timestamp,
        null => 0,
        _ => SystemTypes.Name,
    };

    private StaticType Unknown(SqlNode node)
    {
        analysis.Findings.Deny("node.unknown", $"{node.Type} is not understood at this place.", "Only reads are passed on.", node);
        return StaticType.Any;
    }
}
