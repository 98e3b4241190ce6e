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

    /// <summary>Whether LANGUAGE internal gives a reviewed function of PostgreSQL a second name: the same C function with the same arguments and result.</summary>
    public static bool IsAlias(DatabaseCatalog catalog, DatabaseFunction function) =>
        function is { Language: "internal", Source: { } source }
        && catalog.InternalFunctions.TryGetValue(source, out DatabaseFunction[]? originals)
        && originals.Any(original => original.ReturnType == function.ReturnType && original.Arguments.SequenceEqual(function.Arguments) && Find(catalog, original) is { Allowed: true });
}
