using System.Collections.Frozen;
using System.Globalization;
using SafeConsole.Policies.Catalogs;

namespace SafeConsole.Policies.Rules;

/// <summary>PostgreSQL's own relations that are not to be read, and those that hold one column that is not.</summary>
internal static class SecretRelations
{
    private static readonly FrozenDictionary<string, (string What, string Instead)> Refused = new Dictionary<string, (string, string)>
    {
        ["pg_authid"] = ("password verifiers", "pg_roles"),
        ["pg_shadow"] = ("password verifiers", "pg_roles"),
        ["pg_user_mapping"] = ("passwords for foreign servers", "pg_user_mappings"),
        ["pg_largeobject"] = ("large objects without their privileges", "lo_get(oid)"),
        ["pg_statistic"] = ("sampled values without column privileges", "pg_stats"),
        ["pg_statistic_ext_data"] = ("sampled values without column privileges", "pg_stats_ext"),
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, (string What, string Instead)> RefusedViews = new Dictionary<string, (string, string)>
    {
        ["_pg_user_mappings"] = ("passwords for foreign servers", "information_schema.user_mappings"),
        ["user_mapping_options"] = ("passwords for foreign servers", "information_schema.user_mappings"),
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Files = new[] { "pg_file_settings", "pg_hba_file_rules", "pg_ident_file_mappings" }.ToFrozenSet();

    private static readonly FrozenDictionary<string, string> Columns = new Dictionary<string, string> { ["pg_subscription"] = "subconninfo", ["pg_user_mappings"] = "umoptions" }.ToFrozenDictionary();

    /// <summary>What a refused relation holds, and which one to read instead; null for one that may be read.</summary>
    public static (string What, string Instead)? Refusal(string name) => Refused.TryGetValue(name, out (string, string) refusal) ? refusal : null;

    /// <summary>The same for the views of information_schema.</summary>
    public static (string What, string Instead)? ViewRefusal(string name) => RefusedViews.TryGetValue(name, out (string, string) refusal) ? refusal : null;

    /// <summary>Whether it keeps the long values of one of PostgreSQL's own catalogs, some of which are secret: pg_toast_ and the catalog's oid.</summary>
    public static bool IsToast(string name) =>
        name.StartsWith("pg_toast_", StringComparison.Ordinal) && uint.TryParse(name.AsSpan("pg_toast_".Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint oid) && oid < DatabaseCatalog.FirstUserOid;

    /// <summary>Whether it reads the server's configuration files.</summary>
    public static bool ReadsFiles(string name) => Files.Contains(name);

    /// <summary>The column with passwords; null for a relation without.</summary>
    public static string? Column(string name) => Columns.GetValueOrDefault(name);

    /// <summary>What a relation holds that makes it unfit to be read as a whole; null where it is fit.</summary>
    public static string? Holds(string name) => Refusal(name)?.What ?? ViewRefusal(name)?.What ?? (IsToast(name) ? "long values of a catalog" : ReadsFiles(name) ? "the server's configuration files" : Column(name) is not null ? "passwords" : null);
}
