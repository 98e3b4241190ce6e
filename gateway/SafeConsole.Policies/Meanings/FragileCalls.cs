using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Meanings;

/// <summary>
/// Calls of extensions' functions whose C code ends the server where it is given NULL for a row or an array, the name of a column that is no geometry, or a place out of range. They pass where the
/// statement shows that they are given none of these.
/// </summary>
internal static class FragileCalls
{
    private const int LargestPlace = 1_000_000;

    /// <summary>Whether the call of a function of that name shows it.</summary>
    public static bool AreSound(string name, SqlNode call, Scope scope, DatabaseCatalog catalog)
    {
        SqlNode[] arguments = [.. call.Children("args")];
        bool plain = arguments.Length > 0 && !call.Flag("func_variadic") && arguments.All(argument => argument.Type != "NamedArgExpr");
        return plain && name switch
        {
            "st_asmvt" => IsRow(arguments[0], scope) && NamesGeometry(arguments, 3, scope, catalog),
            "st_asflatgeobuf" => IsRow(arguments[0], scope) && NamesGeometry(arguments, 2, scope, catalog),
            "st_asgeobuf" or "st_asgeojson" => NamesGeometry(arguments, 1, scope, catalog),
            "st_asgml" => arguments.Length < 5 || arguments[0].Type == "A_Const",
            "tdigest_percentile" or "tdigest_percentile_of" => IsWrittenArray(arguments[^1]),
            "rvrs" => arguments.Length < 3 || arguments.Skip(1).All(IsPlace),
            _ => false,
        };
    }

    /// <summary>A whole row of the only item of FROM, which is never NULL; beside others it could be one of an outer join.</summary>
    private static bool IsRow(SqlNode argument, Scope scope) =>
        argument.Type == "ColumnRef" && scope.Items is [{ Name: { } only, Row: not null }] && argument.Names("fields") is [var item, ..] and ([_] or [_, "*"]) && item == only && scope.Column(item) is null;

    /// <summary>Whether the column of the row that is named at that place holds geometry; without a name the first that does is taken.</summary>
    private static bool NamesGeometry(SqlNode[] arguments, int place, Scope scope, DatabaseCatalog catalog) =>
        arguments.Length <= place
        || (SqlConstant.Read(arguments[place]) is { } column && arguments[0].Type == "ColumnRef" && arguments[0].Names("fields") is [var item, ..]
            && scope.Item(null, item)?.Row?.Named(column).ToArray() is [var type] && catalog.Type(type.Oid)?.Name == "geometry");

    private static bool IsWrittenArray(SqlNode argument)
    {
        SqlNode written = argument.Type == "TypeCast" ? argument.Child("arg") ?? argument : argument;
        return written.Type is "A_ArrayExpr" or "A_Const" && !written.Has("isnull");
    }

    // A number that is not above 0 is left out of the tree.
    private static bool IsPlace(SqlNode argument) => argument.Type == "A_Const" && argument.Child("ival", "Integer")?.Integer("ival") is > 0 and < LargestPlace;
}
