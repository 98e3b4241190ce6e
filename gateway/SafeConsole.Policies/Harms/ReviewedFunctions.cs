using SafeConsole.Policies.Catalogs;
using SafeConsole.Policies.Functions;

namespace SafeConsole.Policies.Harms;

/// <summary>What the reviewed list says of a function that came with PostgreSQL or an extension.</summary>
internal static class ReviewedFunctions
{
    /// <summary>The entry for the function; null where nobody reviewed one of this name from this origin.</summary>
    public static FunctionEntry? Find(DatabaseCatalog catalog, DatabaseFunction function)
    {
        FunctionEntry? entry = FunctionCatalogue.Find(function.Name);
        bool known = function switch
        {
            { IsSystem: true } => catalog.SchemaName(function.Schema) == "information_schema" ? entry?.IsInformationSchema : entry?.IsCore,
            { Extension: { } extension } => entry?.Origins.Contains(extension),
            _ => false,
        } ?? false;
        return known ? entry : FindFurther(catalog, function);
    }

    private static FunctionEntry? FindFurther(DatabaseCatalog catalog, DatabaseFunction function) => function is { IsSystem: false, Extension: { } extension }
        ? FunctionCatalogue.Find(extension, function.Name, function.Arguments.Select(type => catalog.Type(type)?.Name ?? "?"))
        : null;

    /// <summary>
    /// What LANGUAGE internal gives a second name: a reviewed function of PostgreSQL, the same C function with the same arguments and result. Null where it is called in another way than
    /// its code expects (NULL for what cannot be, a set where one value is, no window), which ends the server. Null for any other, for what takes values of any type, which
    /// is known to pass, show or compare them by its name, and for sleeping, which is counted by it.
    /// </summary>
    public static DatabaseFunction? Original(DatabaseCatalog catalog, DatabaseFunction function) =>
        function is { Language: "internal", Source: { } source } && catalog.InternalFunctions.TryGetValue(source, out DatabaseFunction[]? originals)
            ? originals.FirstOrDefault(original => original.ReturnType == function.ReturnType && original.ReturnsSet == function.ReturnsSet && original.Kind == function.Kind
                && (function.Strict || !original.Strict) && original.Arguments.SequenceEqual(function.Arguments) && original.Name != "pg_sleep"
                && !original.Arguments.Any(argument => argument == SystemTypes.Any || OpenFunctions.Takes(argument)) && Find(catalog, original) is { Allowed: true })
            : null;
}
