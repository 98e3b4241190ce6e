using System.Collections.Frozen;

namespace SafeConsole.Policies.Settings;

/// <summary>Every setting that a session may change; any other is refused, custom ones too, because functions and row policies read them.</summary>
internal static class SettingCatalogue
{
    /// <summary>What to do instead, for a refusal.</summary>
    public const string Hint = "Settings for output and planning may be changed, limits may be lowered; SHOW ALL shows what is in force.";

    private static readonly string[] On = ["on", "true", "tru", "tr", "t", "yes", "ye", "y", "1"];

    private static readonly string[] Free =
    [
        // how results look
        "application_name", "datestyle", "intervalstyle", "timezone", "extra_float_digits", "bytea_output", "xmlbinary", "client_min_messages",
        "lc_messages", "lc_monetary", "lc_numeric", "lc_time", "escape_string_warning", "quote_all_identifiers", "default_text_search_config",
        // how queries are planned
        "enable_async_append", "enable_bitmapscan", "enable_gathermerge", "enable_group_by_reordering", "enable_hashagg", "enable_hashjoin",
        "enable_incremental_sort", "enable_indexonlyscan", "enable_indexscan", "enable_material", "enable_memoize", "enable_mergejoin", "enable_nestloop",
        "enable_parallel_append", "enable_parallel_hash", "enable_partition_pruning", "enable_partitionwise_aggregate", "enable_partitionwise_join",
        "enable_presorted_aggregate", "enable_seqscan", "enable_sort", "enable_tidscan", "plan_cache_mode", "constraint_exclusion", "cursor_tuple_fraction",
        "random_page_cost", "seq_page_cost", "cpu_tuple_cost", "cpu_index_tuple_cost", "cpu_operator_cost", "parallel_setup_cost", "parallel_tuple_cost",
        "min_parallel_table_scan_size", "min_parallel_index_scan_size", "effective_cache_size", "effective_io_concurrency", "parallel_leader_participation", "force_parallel_mode", "debug_parallel_query", "geqo", "geqo_effort", "geqo_seed", "geqo_selection_bias",
        "geqo_threshold", "enable_distinct_reordering", "enable_self_join_elimination", "recursive_worktable_factor", "stats_fetch_consistency", "maintenance_io_concurrency",
        "synchronize_seqscans", "jit", "jit_expressions", "jit_tuple_deforming", "jit_above_cost", "jit_inline_above_cost",
        "jit_optimize_above_cost", "pg_trgm.similarity_threshold", "pg_trgm.word_similarity_threshold", "pg_trgm.strict_word_similarity_threshold",
        // what a transaction is, within read-only
        "default_transaction_isolation", "transaction_isolation", "default_transaction_deferrable", "transaction_deferrable",
    ];

    private static readonly Setting[] Judged =
    [
        new PinnedSetting("client_encoding", "UTF8", "utf8", "utf-8", "utf_8", "unicode"),
        new PinnedSetting("standard_conforming_strings", "on", On),
        new PinnedSetting("default_transaction_read_only", "on", On),
        new PinnedSetting("transaction_read_only", "on", On),
        new TimeLimitSetting("statement_timeout", limits => limits.StatementTimeout),
        new TimeLimitSetting("lock_timeout", limits => limits.LockTimeout),
        new TimeLimitSetting("idle_in_transaction_session_timeout", limits => limits.IdleInTransaction),
        new TimeLimitSetting("idle_session_timeout", limits => limits.Idle),
        new NumberLimitSetting("work_mem", 64 * 1024),
        new NumberLimitSetting("max_parallel_workers_per_gather", 4),
        new NumberLimitSetting("max_parallel_workers", 8),
        new NumberLimitSetting("join_collapse_limit", 12),
        new NumberLimitSetting("from_collapse_limit", 12),
        new ChoiceSetting("row_security", "on"),
        new SearchPathSetting(),
    ];

    private static readonly FrozenDictionary<string, Setting> Known = Free.Select(name => new FreeSetting(name)).Concat(Judged)
        .ToFrozenDictionary(setting => setting.Name, StringComparer.Ordinal);

    /// <summary>The setting of that name in any case; null for one that may not be changed.</summary>
    public static Setting? Find(string name) => Known.GetValueOrDefault(name.ToLowerInvariant());
}
