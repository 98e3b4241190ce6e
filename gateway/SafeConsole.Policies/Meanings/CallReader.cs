using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Meanings.Overloads;
using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// Function calls, and what looks like one or works as one: a type's name with one argument is a cast, a column's name with a row is that column, and the other way round.
/// ParseFuncOrColumn in parser/parse_func.c.
/// </summary>
internal sealed class CallReader(Analysis analysis)
{
    private static readonly HashSet<string> Makers = ["json_populate_record", "json_populate_recordset", "jsonb_populate_record", "jsonb_populate_recordset", "populate_record"];
    private readonly OverloadChoice choice = new(analysis.Catalog, analysis.Coercions);
    private readonly PolymorphicTypes polymorphic = new(analysis.Catalog, analysis.Coercions);

    /// <summary>A FuncCall; the result's type, with its columns where it is a row.</summary>
    public StaticType Read(SqlNode node, Scope scope)
    {
        analysis.Visit(node);
        List<StaticType> arguments = [];
        List<string> argumentNames = [];
        foreach (SqlNode argument in node.Children("args"))
        {
            if (argument.Type == "NamedArgExpr")
            {
                argumentNames.Add(argument.Text("name") ?? "");
            }

            StaticType type = analysis.Expressions.Read(argument.Type == "NamedArgExpr" && argument.Child("arg") is { } named ? named : argument, scope);

            // JDBC writes an output parameter of {? = call f(?)} as one more argument of type void, which the server leaves out.
            if (!(argument.Type == "ParamRef" && type.Oid == SystemTypes.Void && !node.Flag("agg_within_group")))
            {
                arguments.Add(type);
            }
        }

        int direct = arguments.Count;
        ReadDecoration(node, scope, arguments);
        foreach (StaticType argument in node.Flag("agg_distinct") ? arguments : [])
        {
            analysis.NoteSorted(argument, node);
        }

        IReadOnlyList<string> name = node.Names("funcname");
        IReadOnlyList<Candidate> candidates = FunctionCandidates.Find(analysis.Names, name, arguments.Count, argumentNames, !node.Flag("func_variadic"));
        bool exempt = IsExempt(name, node, scope);
        if (node.Flag("agg_within_group") && candidates.Any(candidate => candidate.Types is [.., SystemTypes.Any]))
        {
            UnifyHypothetical(arguments, direct, node);
        }

        return Choose(name, candidates, arguments, argumentNames.Count == 0, node, exempt) ?? Project(name, arguments, node);
    }

    /// <summary>unnest of several arrays in FROM is one pg_catalog.unnest for each: transformRangeFunction in parser/parse_clause.c. Null for any other call.</summary>
    public RowShape? ReadParallelUnnest(SqlNode node, Scope scope)
    {
        SqlNode[] arrays = [.. node.Children("args")];
        bool plain = node.Fields.EnumerateObject().All(field => field.Name is "funcname" or "args" or "funcformat" or "location");
        if (!plain || node.Names("funcname") is not ["unnest"] || arrays.Length < 2)
        {
            return null;
        }

        analysis.Visit(node);
        List<RowColumn> columns = [];
        foreach (SqlNode array in arrays)
        {
            StaticType type = analysis.Expressions.Read(array, scope);
            string[] name = ["pg_catalog", "unnest"];
            columns.Add(new RowColumn("unnest", Choose(name, FunctionCandidates.Find(analysis.Names, name, 1, [], expand: true), [type], true, node, exempt: false) ?? StaticType.Any));
        }

        return new RowShape(columns);
    }

    /// <summary>The call that value.name makes where name is no column. Nothing is noted where there is no such function: the server then says so.</summary>
    public StaticType ReadAttribute(string name, StaticType value, SqlNode at)
    {
        IReadOnlyList<Candidate> candidates = FunctionCandidates.Find(analysis.Names, [name], 1, [], expand: true);
        return Choose([name], candidates, [value], true, at, exempt: false) ?? StaticType.Any;
    }

    /// <summary>Notes the conversions of arguments, and the types of which the call may make values because a parameter takes whatever is given.</summary>
    public void NoteArguments(Candidate candidate, IReadOnlyList<StaticType> arguments, DatabaseFunction? function, bool makes, SqlNode at)
    {
        NoteCompatible(candidate, arguments, at);
        foreach (StaticType argument in function is not null && OpenFunctions.Shows(function) ? arguments : [])
        {
            analysis.NoteShown(argument, at);
        }

        bool mixes = makes || arguments.Where((argument, place) => SystemTypes.IsPolymorphic(candidate.Types[place])).Any(argument => argument.IsAny || argument.IsLiteral);
        ObjectKind? kind = function is not null && OpenFunctions.IsWritten(analysis.Catalog, function) ? ObjectKind.AssignedType : mixes ? ObjectKind.Type : null;
        for (int place = 0; place < arguments.Count; place++)
        {
            bool open = SystemTypes.IsPolymorphic(candidate.Types[place]);
            if (!open)
            {
                analysis.Convert(arguments[place], candidate.Types[place], Coercions.Implicit, at);
            }
            else if (function is not null && OpenFunctions.MakesText(function))
            {
                analysis.Convert(arguments[place], SystemTypes.Text, Coercions.Explicit, at);
            }

            if (OpenFunctions.Takes(candidate.Types[place]) && function is not null && OpenFunctions.Compares(function))
            {
                analysis.NoteSorted(arguments[place], at);
                analysis.NoteSamples(ObjectKind.StoredType, arguments[place], at);
            }

            if (kind is { } use && !arguments[place].IsLiteral && (open || use == ObjectKind.AssignedType && candidate.Types[place] == SystemTypes.Record))
            {
                analysis.Note(use, arguments[place], at);
            }
        }
    }

    /// <summary>rank(a, b) WITHIN GROUP (ORDER BY c, d): a and c, b and d become of one type (unify_hypothetical_args in parser/parse_agg.c).</summary>
    private void UnifyHypothetical(List<StaticType> arguments, int direct, SqlNode at)
    {
        int sorted = arguments.Count - direct;
        for (int place = 0; place < sorted && direct >= sorted; place++)
        {
            analysis.Unify([arguments[direct - sorted + place], arguments[direct + place]], at);
        }
    }

    /// <summary>Arguments of the anycompatible family become their common type.</summary>
    private void NoteCompatible(Candidate candidate, IReadOnlyList<StaticType> arguments, SqlNode at)
    {
        StaticType[] compatible = [.. arguments.Where((_, place) => SystemTypes.IsCompatible(candidate.Types[place]))
            .Select(argument => analysis.Catalog.ElementOf(analysis.Catalog.BaseOf(argument.Oid)) is > 0 and var element ? new StaticType(element) : argument)];
        if (compatible.Length > 1)
        {
            analysis.Unify(compatible, at);
        }
    }

    /// <summary>FILTER, WITHIN GROUP, ORDER BY and OVER.</summary>
    private void ReadDecoration(SqlNode node, Scope scope, List<StaticType> arguments)
    {
        foreach (SqlNode sort in node.Children("agg_order"))
        {
            StaticType type = analysis.Queries.ReadSort(sort, scope, null);
            if (node.Flag("agg_within_group"))
            {
                arguments.Add(type);
            }
        }

        if (node.Child("agg_filter") is { } filter)
        {
            analysis.Convert(analysis.Expressions.Read(filter, scope), SystemTypes.Bool, Coercions.Assignment, filter);
        }

        if (node.Child("over", "WindowDef") is { } window)
        {
            analysis.Queries.ReadWindow(window, scope);
        }
    }

    /// <summary>Notes what the call can mean; null where no function has the name and so many arguments, and it is no cast either.</summary>
    private StaticType? Choose(IReadOnlyList<string> name, IReadOnlyList<Candidate> candidates, List<StaticType> arguments, bool positional, SqlNode at, bool exempt)
    {
        uint[] given = [.. arguments.Select(argument => argument.Oid)];
        IReadOnlyList<Candidate> exact = OverloadChoice.Exact(candidates, given);
        StaticType? cast = exact.Count == 0 && positional && arguments.Count == 1 ? ReadCast(name, arguments[0], at) : null;
        if (cast is not null && !arguments[0].IsAny)
        {
            return cast;
        }

        IReadOnlyList<Candidate> possible = exact.Count > 0 ? exact : choice.Match(candidates, given);
        // No match is an error for the server. All are judged then, should the types have been misread.
        possible = possible.Count > 0 ? possible : candidates;
        foreach (Candidate candidate in possible)
        {
            if (!(exempt && IsReviewed(analysis.Catalog.Functions[candidate.Oid])))
            {
                analysis.Findings.Add(ObjectKind.Function, candidate.Oid, at.Location);
            }

            NoteArguments(candidate, arguments, analysis.Catalog.Functions[candidate.Oid], Makers.Contains(name[^1]), at);
        }

        return possible.Count == 0 ? cast : cast is not null ? StaticType.Any : Result(possible, given, arguments);
    }

    private StaticType Result(IReadOnlyList<Candidate> possible, uint[] given, List<StaticType> arguments)
    {
        if (possible is [var only] && only.Result == SystemTypes.Record)
        {
            RowColumn[] outputs = [.. analysis.Catalog.Functions[only.Oid].Outputs
                .Select(output => new RowColumn(output.Name, new StaticType(polymorphic.Result(output.Type, given, [.. only.Types.Take(arguments.Count)]))))];
            return StaticType.RecordOf(outputs.Length > 0 ? new RowShape(outputs) : null);
        }

        uint[] results = [.. possible.Select(candidate => polymorphic.Result(candidate.Result, given, [.. candidate.Types.Take(arguments.Count)])).Distinct()];
        return new StaticType(results is [var result] ? result : 0);
    }

    /// <summary>typename(value), where it is a relabelling or goes by text; else a function of the type's name does it. Null for neither.</summary>
    private StaticType? ReadCast(IReadOnlyList<string> name, StaticType value, SqlNode at)
    {
        if (analysis.Names.Type(name) is not { IsComposite: false } type)
        {
            return null;
        }

        if (!value.IsAny && !value.IsLiteral)
        {
            Conversion conversion = analysis.Coercions.Find(value.Oid, type.Oid, Coercions.Explicit);
            bool row = analysis.Catalog.ColumnsOf(value.Oid) is not null || value.Oid == SystemTypes.Record;
            bool cast = conversion.IsPossible && (conversion.ByText ? !(row && type.Category == 'S') : conversion.Cast is null or { Method: 'b' });
            if (!cast || analysis.Catalog.ElementOf(type.Oid) != 0 && !conversion.ByText && value.Oid != type.Oid)
            {
                return null;
            }
        }

        analysis.Findings.Add(ObjectKind.Type, type.Oid, at.Location);
        return new StaticType(type.Oid);
    }

    /// <summary>column(row); or there is nothing of the name, which is denied as the server denies it, for it may have been made since the catalog was read.</summary>
    private StaticType Project(IReadOnlyList<string> name, List<StaticType> arguments, SqlNode node)
    {
        if (name is [var column] && arguments is [var row] && (row.Row ?? analysis.Types.RowOf(row.Oid))?.Named(column).Take(1).ToArray() is [var type])
        {
            return type;
        }

        string shown = string.Join('.', name);
        analysis.Findings.Deny("function.unknown", $"function {shown} does not exist with {arguments.Count} argument(s)", "There is no such function in the database's catalog.", node, "42883");
        return StaticType.Any;
    }

    /// <summary>Whether a form that is harmless is so of this function: PostgreSQL's own, or the reviewed one of an extension.</summary>
    private bool IsReviewed(DatabaseFunction function) => function.IsSystem || ReviewedFunctions.Find(analysis.Catalog, function) is not null;

    /// <summary>Forms in which a function that is refused elsewhere is harmless.</summary>
    private bool IsExempt(IReadOnlyList<string> name, SqlNode node, Scope scope) =>
        HarmlessForms.Contains(name[^1], node) || FragileCalls.AreSound(name[^1], node, scope, analysis.Catalog)
        || (node.Location is { } location && analysis.OutsideRecovery.Contains(location)
            && FunctionCandidates.Find(analysis.Names, ["pg_is_in_recovery"], 0, [], expand: true) is [var guard] && analysis.Catalog.Functions[guard.Oid].IsSystem);
}
