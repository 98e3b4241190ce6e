using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Harms;

namespace SafeConsole.Policies.Meanings;

/// <summary>The names in the body of a function in SQL: its parameters, which columns of the same name hide. sql_fn_post_column_ref in executor/functions.c.</summary>
internal sealed class FunctionVariables(DatabaseCatalog catalog, DatabaseFunction function) : IVariables
{
    private readonly FunctionArgument[] inputs = [.. function.Inputs];

    public bool HidesColumns => false;

    public bool NamesAllTypes => !function.Arguments.Any(OpenFunctions.Takes);

    public StaticType? Find(IReadOnlyList<string> names) => names switch
    {
        [var name] => Named(name),
        [var own, var name] when own == function.Name && Named(name) is { } parameter => parameter,
        [var name, var field] => Field(Named(name), field),
        [var own, var name, var field] when own == function.Name => Field(Named(name), field),
        _ => null,
    };

    public StaticType Parameter(int number) => number >= 1 && number <= function.Arguments.Length ? TypeOf(function.Arguments[number - 1]) : StaticType.Any;

    private StaticType? Named(string name) => inputs.FirstOrDefault(input => input.Name == name && name.Length > 0) is { } input ? TypeOf(input.Type) : null;

    private StaticType? Field(StaticType? row, string name) =>
        row is { } type && catalog.ColumnsOf(type.Oid)?.FirstOrDefault(column => column.Name == name) is { } column ? new StaticType(column.Type) : null;

    private static StaticType TypeOf(uint type) => SystemTypes.IsPolymorphic(type) || type == SystemTypes.Any ? StaticType.Any : new StaticType(type);
}
