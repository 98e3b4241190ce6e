using System.Collections.Frozen;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>What is known of functions that take values of whatever type they are given: anyelement and its relatives, and rows of any kind.</summary>
internal static class OpenFunctions
{
    // PostgreSQL's own that pass such values on, show them or count them, and never compare them.
    private static readonly FrozenSet<string> Passing = (
        "anytextcat array_agg array_append array_cat array_dims array_fill array_length array_lower array_ndims array_prepend array_to_json array_to_string array_upper cardinality " +
        "enum_first enum_last enum_range first_value generate_subscripts isempty json_agg json_populate_record json_populate_recordset jsonb_agg jsonb_populate_record " +
        "jsonb_populate_recordset lag last_value lead lower lower_inc lower_inf multirange nth_value quote_literal quote_nullable row_to_json textanycat to_json to_jsonb trim_array " +
        "unnest upper upper_inc upper_inf").Split(' ').ToFrozenSet();

    /// <summary>Whether a parameter of this type takes a value of any type.</summary>
    public static bool Takes(uint parameter) => SystemTypes.IsPolymorphic(parameter) || parameter is SystemTypes.Record or SystemTypes.RecordArray;

    /// <summary>Whether its body is the application's: it can make a value of the type that it was given out of anything, and assign to one.</summary>
    public static bool IsWritten(DatabaseCatalog catalog, DatabaseFunction function) =>
        !function.IsSystem && (function.Kind == 'a' || function.Language is "sql" or "plpgsql") && ReviewedFunctions.Find(catalog, function) is null;

    /// <summary>Whether its body casts what it is given to text: PostgreSQL's own || of text and anything, and two functions that quote.</summary>
    public static bool MakesText(DatabaseFunction function) => function is { IsSystem: true, Language: "sql", Name: "anytextcat" or "textanycat" or "quote_literal" or "quote_nullable" };

    /// <summary>
    /// Whether it may show the values that it is given as JSON, by the application's casts into json (json_categorize_type in utils/adt): PostgreSQL's own that make JSON of values,
    /// functions of extensions in C, which may do the same (st_asgeojson of a row), and aggregates, whose transition function may be one of them.
    /// </summary>
    public static bool Shows(DatabaseFunction function) => function.IsSystem
        ? function.Name.Contains("json", StringComparison.Ordinal) && !function.Name.Contains("populate", StringComparison.Ordinal) && TakesAny(function)
        : function.Kind == 'a' || (function is { Extension: not null, HasBody: false } && TakesAny(function));

    /// <summary>Whether it may compare the values by the default operator class of their type.</summary>
    public static bool Compares(DatabaseFunction function) => !function.IsSystem || !Passing.Contains(function.Name);

    private static bool TakesAny(DatabaseFunction function) => function.Arguments.Any(argument => Takes(argument) || argument == SystemTypes.Any);
}
