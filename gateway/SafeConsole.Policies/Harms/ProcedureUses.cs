using System.Runtime.CompilerServices;
using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Meanings;
using SafeConsole.Policies.Names;
using SafeConsole.Policies.Procedures;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Harms;

/// <summary>What a PL/pgSQL body runs.</summary>
internal sealed class ProcedureUses(DatabaseCatalog catalog, BodyUses bodies)
{
    /// <summary>Notes what the body uses.</summary>
    public void Find(DatabaseFunction function, SearchPath path, Uses uses)
    {
        ProcedureBody body = ProcedureParser.Read(function.Source ?? "");
        if (body.Harm is { } harm)
        {
            uses.Blame("function.not-allowed", harm);
            return;
        }

        var variables = new ProcedureVariables(catalog, function, body);
        var names = new NameLookup(catalog, path);
        List<uint> declared = [SystemTypes.Bool, SystemTypes.Int4];
        foreach (ProcedureVariable variable in body.Variables)
        {
            StaticType type = variables.TypeLike(variable.Type) ?? TypeOf(variable.Type, names, path, uses);
            variables.Add(variable.Name, type);
            declared.Add(type.Oid);
        }

        variables.AddAliases();
        new AssignmentCasts(catalog).Note(declared, path, uses);
        // What EXECUTE is given is computed first, and may have a FROM or WHERE of its own.
        foreach (string query in body.Expressions.Concat(body.Dynamic).Select(expression => "SELECT " + expression).Concat(body.Queries))
        {
            bodies.ReadQueries(query, variables, path, uses);
        }

        foreach (string text in body.Dynamic)
        {
            ReadDynamic(text, path, uses);
        }

        NoteCursors(function, body, variables, path, uses);
        NoteUnknown(function, body, variables, path, uses);
    }

    /// <summary>
    /// A cursor outlives the function that opened it: what its query calls finds names by the path in which rows are fetched, which is the session's where this one was set for the
    /// function alone, or that of a function in between.
    /// </summary>
    private void NoteCursors(DatabaseFunction function, ProcedureBody body, ProcedureVariables variables, SearchPath path, Uses uses)
    {
        if (body.Fetched.Exists(fetched => MayBeForeign(fetched.Cursor, fetched.IsOpen, function, body)))
        {
            uses.Add(ObjectKind.Fetch, 1, path);
        }

        if (path.Outside is not { } session || body.Opened.Count == 0)
        {
            return;
        }

        var opened = new Uses { Catalog = catalog };
        foreach (string query in body.CursorQueries)
        {
            bodies.ReadQueries(query, variables, path, opened);
        }

        foreach (string text in body.Dynamic)
        {
            ReadDynamic(text, path, opened);
        }

        foreach (DatabaseObject used in opened.Objects.Where(used => used.Path == path))
        {
            uses.Add(used.Kind, used.Oid, session);
            foreach (SearchPath caller in path.Between)
            {
                uses.Add(used.Kind, used.Oid, caller);
            }
        }
    }

    /// <summary>
    /// Whether the cursor may have been opened elsewhere: the variable is not known to be one of the body's own, is given a name, or is declared with its query and not certain to be open. Its name is the
    /// variable's then, and the session may have a cursor of that name.
    /// </summary>
    private static bool MayBeForeign(string cursor, bool isOpen, DatabaseFunction function, ProcedureBody body) =>
        body.Variables.Count(variable => variable.Name == cursor) != 1
        || function.AllArguments.Any(argument => argument.Name == cursor)
        || body.Targets.Exists(target => target[0][0] == '$' || target.Any(part => part == cursor || IsAlias(part, cursor, body)))
        || (body.Bound.Contains(cursor) && !isOpen);

    // An alias stands for what was declared before it, an alias itself perhaps.
    private static bool IsAlias(string name, string cursor, ProcedureBody body)
    {
        HashSet<string> names = [cursor];
        foreach ((string alias, IReadOnlyList<string> original) in body.Aliases.Where(alias => alias.For.Any(names.Contains)))
        {
            names.Add(alias);
        }

        return name != cursor && names.Contains(name);
    }

    /// <summary>A record takes the columns of the row that it was given. What happens to one of them can happen to any column of what the body reads, or of what others hand to it.</summary>
    private void NoteUnknown(DatabaseFunction function, ProcedureBody body, ProcedureVariables variables, SearchPath path, Uses uses)
    {
        if (!body.Targets.All(variables.IsDeclared))
        {
            uses.Unknown.Add(ObjectKind.AssignedType);
        }

        uint[] rows = [.. uses.Objects.Where(used => used.Kind == ObjectKind.Relation).Select(used => catalog.Relations.GetValueOrDefault(used.Oid)?.RowType ?? 0)];
        foreach (ObjectKind kind in uses.Unknown)
        {
            uses.Add(kind, rows, path);
        }

        if (uses.Unknown.Any(kind => kind != ObjectKind.ShownType) && TakesRows(function, body, uses))
        {
            uses.Add(ObjectKind.AssignedType, SystemTypes.Any, path);
        }
    }

    /// <summary>Whether rows come from where their columns cannot be seen: of a function that returns a record, or of a cursor that may have been opened elsewhere.</summary>
    private bool TakesRows(DatabaseFunction function, ProcedureBody body, Uses uses) =>
        body.Fetched.Exists(fetched => MayBeForeign(fetched.Cursor, fetched.IsOpen, function, body)) || bodies.TakesRecords(uses);

    /// <summary>EXECUTE of one literal, or of several with || between, is that statement; of anything else it can be any statement.</summary>
    private void ReadDynamic(string expression, SearchPath path, Uses uses)
    {
        (PostgresText? text, _) = PostgresParser.Parse("SELECT " + expression);
        using (text)
        {
            SqlNode? target = text?.Statements.FirstOrDefault().Child("stmt")?.Children("targetList").Cast<SqlNode?>().FirstOrDefault();
            if (text?.Statements.Count() == 1 && target?.Child("val") is { } value && Constant(value) is { } constant)
            {
                bodies.ReadQueries(constant, null, path, uses);
            }
            else
            {
                uses.Blame("function.dynamic-sql", "runs SQL that it puts together (EXECUTE)");
            }
        }
    }

    /// <summary>The text of a literal, or of literals with || between them where no operator of that name but PostgreSQL's own can take text.</summary>
    private string? Constant(SqlNode value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (value.Type == "A_Const")
        {
            return SqlConstant.Read(value);
        }

        bool joins = value.Type == "A_Expr" && value.Text("kind") == "AEXPR_OP" && value.Names("name") is ["||"] && !catalog.Operators.Values.Any(IsOtherJoin);
        return joins && value.Child("lexpr") is { } left && value.Child("rexpr") is { } right && Constant(left) is { } first && Constant(right) is { } second ? first + second : null;
    }

    private bool IsOtherJoin(DatabaseOperator one) =>
        one is { Name: "||", IsSystem: false } && (catalog.Type(one.Left) is not { } left || catalog.Type(one.Right) is not { } right || left.Category == 'S' && right.Category == 'S');

    private static StaticType TypeOf(string? written, NameLookup names, SearchPath path, Uses uses)
    {
        string type = written?.Trim() ?? "record";
        if (type.Equals("record", StringComparison.OrdinalIgnoreCase))
        {
            return StaticType.Any;
        }

        uint oid = type.Contains('%', StringComparison.Ordinal) ? Copied(type, names) : Named(type, names);
        if (oid == 0)
        {
            uses.Blame("type.unknown", $"has a variable of a type that cannot be told ({type})");
            return StaticType.Any;
        }

        uses.Add(ObjectKind.Type, oid, path);
        return oid == SystemTypes.Record ? StaticType.Any : new StaticType(oid);
    }

    private static uint Named(string type, NameLookup names)
    {
        (PostgresText? text, _) = PostgresParser.Parse($"SELECT NULL::{type}\n");
        using (text)
        {
            SqlNode? target = text?.Statements.Count() == 1 ? text.Statements.First().Child("stmt")?.Children("targetList").Cast<SqlNode?>().FirstOrDefault() : null;
            if (target?.Child("val") is not { Type: "TypeCast" } cast || cast.Child("typeName", "TypeName") is not { } name)
            {
                return 0;
            }

            return names.Type(name.Names("names")) is not { } found ? 0 : name.Has("arrayBounds") ? found.ArrayOrSelf : found.Oid;
        }
    }

    /// <summary>table.column%TYPE and table%ROWTYPE.</summary>
    private static uint Copied(string type, NameLookup names)
    {
        int percent = type.IndexOf('%', StringComparison.Ordinal);
        string[] parts = [.. type[..percent].Split('.').Select(part => part.Trim()).Select(part => part.StartsWith('"') ? part.Trim('"') : part.ToLowerInvariant())];
        string kind = type[(percent + 1)..].Trim().ToLowerInvariant();
        return (kind, parts) switch
        {
            ("rowtype", [var name]) => names.Relation(null, name)?.RowType ?? 0,
            ("rowtype", [var schema, var name]) => names.Relation(schema, name)?.RowType ?? 0,
            ("type", [var table, var column]) => names.Relation(null, table)?.Columns.Find(one => one.Name == column)?.Type ?? 0,
            ("type", [var schema, var table, var column]) => names.Relation(schema, table)?.Columns.Find(one => one.Name == column)?.Type ?? 0,
            _ => 0,
        };
    }
}
