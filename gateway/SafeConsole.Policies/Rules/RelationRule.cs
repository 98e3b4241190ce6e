using System.Collections.Frozen;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `relation.credentials`, `relation.server-files`, `relation.other-database`: tables and views pass by name, but for the catalogs that hold passwords,
/// raw large objects, sampled values or the server's files.
/// </summary>
internal sealed class RelationRule : INodeRule
{
    private static readonly FrozenDictionary<string, string> Refused = new Dictionary<string, string>
    {
        ["pg_authid"] = "password verifiers", ["pg_shadow"] = "password verifiers", ["pg_user_mapping"] = "passwords for foreign servers",
        ["pg_largeobject"] = "large objects without their privileges", ["pg_statistic"] = "sampled values without column privileges",
        ["pg_statistic_ext_data"] = "sampled values without column privileges",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Instead = new Dictionary<string, string>
    {
        ["pg_authid"] = "pg_roles", ["pg_shadow"] = "pg_roles", ["pg_user_mapping"] = "pg_user_mappings", ["pg_largeobject"] = "lo_get(oid)",
        ["pg_statistic"] = "pg_stats", ["pg_statistic_ext_data"] = "pg_stats_ext",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Files = new[] { "pg_file_settings", "pg_hba_file_rules", "pg_ident_file_mappings" }.ToFrozenSet();

    public IReadOnlyList<string> NodeTypes { get; } = ["RangeVar"];

    public void Examine(SqlNode node, Examination examination)
    {
        string name = node.Text("relname") ?? "";
        if (node.Text("catalogname") is { } database && database != examination.Policy.Database.Name)
        {
            examination.Deny("relation.other-database", $"{database} is another database.", $"This console reads {examination.Policy.Database.Name}.", node);
        }
        else if (node.Text("schemaname") is not (null or "pg_catalog"))
        {
            return;
        }
        else if (Refused.TryGetValue(name, out string? what))
        {
            examination.Deny("relation.credentials", $"{name} holds {what}.", $"{Instead[name]} shows what may be seen.", node);
        }
        else if (Files.Contains(name))
        {
            examination.Deny("relation.server-files", $"{name} reads the server's configuration files.", "pg_settings shows the settings in force.", node);
        }
    }
}
