using System.Collections.Immutable;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>The functions that a policy names as harmless: `schema.name` for all of that name, or `schema.name(integer, text)` for the one with these arguments.</summary>
internal static class AllowedFunctions
{
    /// <summary>Whether the policy names the function.</summary>
    public static bool Contains(DatabaseCatalog catalog, ImmutableArray<string> allowed, DatabaseFunction function)
    {
        if (allowed.IsDefaultOrEmpty)
        {
            return false;
        }

        string name = $"{catalog.SchemaName(function.Schema)}.{function.Name}";
        return allowed.Any(entry => entry.IndexOf('(', StringComparison.Ordinal) is >= 0 and var place
            ? entry[..place] == name && ArgumentsMatch(catalog, entry[(place + 1)..^1], function)
            : entry == name);
    }

    private static bool ArgumentsMatch(DatabaseCatalog catalog, string written, DatabaseFunction function)
    {
        string[] types = written.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return types.Length == function.Arguments.Length && types.Zip(function.Arguments).All(pair => IsType(catalog, pair.First, pair.Second));
    }

    private static bool IsType(DatabaseCatalog catalog, string written, uint type)
    {
        if (catalog.Type(type) is not { } known)
        {
            return false;
        }

        bool array = written.EndsWith("[]", StringComparison.Ordinal);
        return array
            ? known.IsArray && IsType(catalog, written[..^2], known.Element)
            : SqlNames(known.Name).Append($"{catalog.SchemaName(known.Schema)}.{known.Name}").Contains(written);
    }

    private static string[] SqlNames(string name) => name switch
    {
        "int2" => ["int2", "smallint"],
        "int4" => ["int4", "integer", "int"],
        "int8" => ["int8", "bigint"],
        "float4" => ["float4", "real"],
        "float8" => ["float8", "double precision"],
        "bool" => ["bool", "boolean"],
        "varchar" => ["varchar", "character varying"],
        "bpchar" => ["bpchar", "character", "char"],
        "timestamptz" => ["timestamptz", "timestamp with time zone"],
        "timestamp" => ["timestamp", "timestamp without time zone"],
        "timetz" => ["timetz", "time with time zone"],
        "time" => ["time", "time without time zone"],
        _ => [name],
    };
}
