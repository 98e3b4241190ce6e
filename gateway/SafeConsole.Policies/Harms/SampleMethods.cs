using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>The functions that stand for the methods of TABLESAMPLE: PostgreSQL's own and those of its two extensions.</summary>
internal static class SampleMethods
{
    /// <summary>Whether its name with one argument of type internal can be a method's: the server calls what it finds to learn how to sample.</summary>
    public static bool IsHandler(DatabaseFunction function) => function is { Arguments: [SystemTypes.Internal] };

    /// <summary>Whether it is one of the known methods.</summary>
    public static bool IsKnown(DatabaseFunction function) => function is { IsSystem: true } or { Extension: "tsm_system_rows" or "tsm_system_time" };
}
