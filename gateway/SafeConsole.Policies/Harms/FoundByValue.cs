using System.Collections.Frozen;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Harms;

/// <summary>
/// What reviewed functions run because a value names it: a table by its partition keys, a text search configuration, two encodings, a type in a text, a stored expression, a relation that is opened by its
/// oid. All that such a value can name counts, where it came neither with PostgreSQL nor with an extension.
/// </summary>
internal static class FoundByValue
{
    private const uint RegClass = 2205;

    // parseTypeString() in parser/parse_type.c reads a type's modifiers: 'numeric(5)'::regtype.
    private static readonly FrozenSet<string> ReadTypes = (
        "has_function_privilege has_type_privilege pg_get_object_address regoperatorin regprocedurein regtypein to_regoperator to_regprocedure to_regtype to_regtypemod").Split(' ').ToFrozenSet();

    // utils/adt/ruleutils.c and format_type.c show constants and modifiers.
    private static readonly FrozenSet<string> ShowDefinitions = (
        "format_type pg_get_constraintdef pg_get_expr pg_get_function_arg_default pg_get_function_arguments pg_get_function_identity_arguments pg_get_function_result pg_get_function_sqlbody " +
        "pg_get_functiondef pg_get_indexdef pg_get_partition_constraintdef pg_get_partkeydef pg_get_ruledef pg_get_statisticsobjdef pg_get_statisticsobjdef_columns " +
        "pg_get_statisticsobjdef_expressions pg_get_triggerdef pg_get_viewdef").Split(' ').ToFrozenSet();

    // What opens a relation, or asks an access method.
    private static readonly FrozenSet<string> OpenRelations = (
        "amvalidate currval lastval pg_get_constraintdef pg_get_expr pg_get_function_sqlbody pg_get_functiondef pg_get_indexdef pg_get_partition_constraintdef " +
        "pg_get_publication_tables pg_get_replica_identity_index pg_get_ruledef pg_get_statisticsobjdef pg_get_statisticsobjdef_expressions pg_get_triggerdef pg_get_viewdef " +
        "pg_index_column_has_property pg_index_has_property pg_indexam_has_property pg_indexam_progress_phasename pg_indexes_size pg_relation_size " +
        "pg_sequence_last_value pg_table_size pg_total_relation_size").Split(' ').ToFrozenSet();

    // PostgreSQL's own views that call one of these, by themselves or through each other.
    private static readonly FrozenSet<string> DefinitionViews = (
        "pg_indexes pg_matviews pg_policies pg_publication_tables pg_rules pg_seclabels pg_stats_ext pg_stats_ext_exprs pg_views " +
        "attributes check_constraints columns data_type_privileges element_types parameters triggers views").Split(' ').ToFrozenSet();

    private static readonly FrozenSet<string> OpeningViews = (
        "pg_indexes pg_matviews pg_policies pg_publication_tables pg_rules pg_sequences pg_stat_progress_create_index pg_stats_ext pg_stats_ext_exprs pg_views " +
        "attributes check_constraints columns data_type_privileges element_types tables triggers views").Split(' ').ToFrozenSet();

    /// <summary>What reading one of PostgreSQL's own views can run, whose queries are not in the catalog; nearly always nothing.</summary>
    public static IEnumerable<uint> Of(DatabaseCatalog catalog, DatabaseRelation relation) => !relation.IsSystem
        ? []
        : (catalog.ShowsSamples(relation) ? catalog.SampleFunctions : [])
            .Concat(DefinitionViews.Contains(relation.Name) ? catalog.ConstantFunctions.Concat(catalog.ShownModifierFunctions) : [])
            .Concat(OpeningViews.Contains(relation.Name) ? catalog.HandlerFunctions : [])
            .Concat(relation.Name is "columns" or "data_type_privileges" or "element_types" or "tables" or "views" ? catalog.WrapperFunctions : []);

    /// <summary>What running the function can run besides; nearly always nothing.</summary>
    public static IEnumerable<uint> Of(DatabaseCatalog catalog, DatabaseFunction function)
    {
        if (TextSearch.IsRunBy(function))
        {
            return catalog.DictionaryFunctions;
        }

        if (!function.IsSystem)
        {
            // Functions of extensions that are about relations: sizes and free space.
            return function.Arguments.Contains(RegClass) || function.Extension is "pgrowlocks" or "pgstattuple" ? catalog.HandlerFunctions : [];
        }

        IEnumerable<uint> found = function.Name switch
        {
            "satisfies_hash_partition" or "pg_get_partition_constraintdef" => catalog.Relations.Values.Where(relation => relation.Kind == 'p').SelectMany(relation => relation.ClassFunctions),
            "pg_column_is_updatable" or "pg_relation_is_updatable" => catalog.WrapperFunctions.Concat(catalog.HandlerFunctions),
            "convert" or "convert_from" or "convert_to" => catalog.ConversionFunctions,
            _ => [],
        };
        return found.Concat(ReadTypes.Contains(function.Name) && IsOfText(function) ? catalog.ModifierFunctions : [])
            .Concat(ShowDefinitions.Contains(function.Name) ? catalog.ShownModifierFunctions : [])
            .Concat(ShowDefinitions.Contains(function.Name) && function.Name != "format_type" ? catalog.ConstantFunctions : [])
            .Concat(OpenRelations.Contains(function.Name) ? catalog.HandlerFunctions : []);
    }

    /// <summary>Whether a privilege is asked for by a name, not by an oid.</summary>
    private static bool IsOfText(DatabaseFunction function) => !function.Name.StartsWith("has_", StringComparison.Ordinal) || function.Arguments is [.., SystemTypes.Text, _];
}
