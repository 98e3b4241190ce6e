using System.Collections.Frozen;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>
/// PostgreSQL's functions, and unaccent(), that take text apart by a parser and dictionaries, which are found by the name of a configuration, a value, or by the setting default_text_search_config. What their
/// templates run are functions as well; those that came neither with PostgreSQL nor with an extension count wherever text may be taken apart.
/// </summary>
internal static class TextSearch
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "to_tsvector", "to_tsquery", "plainto_tsquery", "phraseto_tsquery", "websearch_to_tsquery", "json_to_tsvector", "jsonb_to_tsvector",
        "ts_headline", "ts_lexize", "ts_parse", "ts_token_type", "ts_debug",
        // Of the operators @@ that take text.
        "ts_match_tt", "ts_match_tq",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it runs parsers or dictionaries.</summary>
    public static bool IsRunBy(DatabaseFunction? function) => (function is { IsSystem: true } && Names.Contains(function.Name)) || function is { Extension: "unaccent", Name: "unaccent" };
}
