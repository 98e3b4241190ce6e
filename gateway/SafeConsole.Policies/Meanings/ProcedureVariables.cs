using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;
using SafeConsole.Policies.Procedures;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// The names in a PL/pgSQL body: variables, parameters, fields of rows, each perhaps behind a block's label. Blocks are not told apart: a name that is declared twice with
/// different types can be either. plpgsql_post_column_ref in pl_comp.c.
/// </summary>
internal sealed class ProcedureVariables : IVariables
{
    private readonly DatabaseCatalog catalog;
    private readonly DatabaseFunction function;
    private readonly ProcedureBody body;
    private readonly Dictionary<string, StaticType> types = [];

    /// <summary>Takes the parameters, and the variables with the types that they were read to have.</summary>
    public ProcedureVariables(DatabaseCatalog catalog, DatabaseFunction function, ProcedureBody body)
    {
        (this.catalog, this.function, this.body) = (catalog, function, body);
        Add("found", new StaticType(SystemTypes.Bool));
        Add("sqlstate", new StaticType(SystemTypes.Text));
        Add("sqlerrm", new StaticType(SystemTypes.Text));
        foreach (FunctionArgument argument in function.AllArguments.Where(argument => argument.Name.Length > 0))
        {
            Add(argument.Name, TypeOf(argument.Type));
        }
    }

    public bool HidesColumns => true;

    public bool NamesAllTypes => !function.Arguments.Any(OpenFunctions.Takes);

    /// <summary>Adds a variable.</summary>
    public void Add(string name, StaticType type) => types[name] = types.TryGetValue(name, out StaticType other) && other != type ? StaticType.Any : type;

    /// <summary>The type in `name%TYPE`, which is that of a variable or parameter declared before; null for anything else.</summary>
    public StaticType? TypeLike(string? written)
    {
        string[] parts = written?.Split('%') ?? [];
        return parts is [var name, var kind] && kind.Trim().Equals("type", StringComparison.OrdinalIgnoreCase)
            ? Named(name.TrimStart().StartsWith('"') ? name.Trim().Trim('"') : name.Trim().ToLowerInvariant())
            : null;
    }

    /// <summary>Adds new names for variables that are there.</summary>
    public void AddAliases()
    {
        foreach ((string name, IReadOnlyList<string> original) in body.Aliases)
        {
            bool numbered = int.TryParse(original[0].TrimStart('$'), out int parameter) && original[0].StartsWith('$');
            Add(name, numbered ? Parameter(parameter) : original is [var single] ? types.GetValueOrDefault(single) : StaticType.Any);
        }
    }

    public StaticType? Find(IReadOnlyList<string> names) => names switch
    {
        [var name] => Named(name),
        [var label, var name] when IsLabel(label) && types.ContainsKey(label) && types.ContainsKey(name) => StaticType.Any,
        [var label, var name] when IsLabel(label) && Named(name) is { } labelled => labelled,
        [var name, var field] when Named(name) is { } row => Field(row, field),
        [var label, var name, var field] when IsLabel(label) && Named(name) is { } row => Field(row, field),
        _ => null,
    };

    /// <summary>Here numbers count the output parameters too (do_compile in pl_comp.c).</summary>
    public StaticType Parameter(int number) => number >= 1 && number <= function.AllArguments.Length ? TypeOf(function.AllArguments[number - 1].Type) : StaticType.Any;

    /// <summary>Whether assigning there assigns to a variable, or to a column of a named row type: to something whose type was declared.</summary>
    public bool IsDeclared(IReadOnlyList<string> target)
    {
        bool labelled = target.Count > 1 && IsLabel(target[0]) && types.ContainsKey(target[1]);
        return (types.ContainsKey(target[0]) || labelled)
            && (target.Count == 1 || !types.ContainsKey(target[0]) || IsNamedRow(target[0]))
            && (!labelled || target.Count == 2 || IsNamedRow(target[1]));
    }

    private bool IsNamedRow(string name) => catalog.ColumnsOf(types[name].Oid) is not null;

    private StaticType? Named(string name) => types.TryGetValue(name, out StaticType type) ? type : null;

    private bool IsLabel(string name) => body.Labels.Contains(name) || name == function.Name;

    /// <summary>A record's field can be of any type; of a named row type only its columns are fields.</summary>
    private StaticType Field(StaticType row, string field) => catalog.ColumnsOf(row.Oid)?.FirstOrDefault(column => column.Name == field) is { } column ? new StaticType(column.Type) : StaticType.Any;

    private static StaticType TypeOf(uint type) => SystemTypes.IsPolymorphic(type) || type == SystemTypes.Any ? StaticType.Any : new StaticType(type);
}
