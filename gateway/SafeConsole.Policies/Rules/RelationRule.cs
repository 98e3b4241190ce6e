using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `relation.credentials`, `relation.server-files`, `relation.other-database`: tables and views pass by name, but for the catalogs and views that hold passwords,
/// raw large objects, sampled values or the server's files.
/// </summary>
internal sealed class RelationRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["RangeVar"];

    public void Examine(SqlNode node, Examination examination)
    {
        string name = node.Text("relname") ?? "";
        if (node.Text("catalogname") is { } database && database != examination.Policy.Database.Name)
        {
            examination.Deny("relation.other-database", $"{database} is another database.", $"This console reads {examination.Policy.Database.Name}.", node);
        }
        else if (MayBeView(node, examination) && SecretRelations.ViewRefusal(name) is var (held, other))
        {
            examination.Deny("relation.credentials", $"{name} holds {held}.", $"{other} shows what may be seen.", node);
        }
        else if (node.Text("schemaname") is null or "pg_toast" && SecretRelations.IsToast(name))
        {
            examination.Deny("relation.credentials", $"{name} holds long values of a catalog, secret ones among them.", "The catalog itself shows what may be seen.", node);
        }
        else if (node.Text("schemaname") is not (null or "pg_catalog"))
        {
            return;
        }
        else if (SecretRelations.Refusal(name) is var (what, instead))
        {
            examination.Deny("relation.credentials", $"{name} holds {what}.", $"{instead} shows what may be seen.", node);
        }
        else if (SecretRelations.ReadsFiles(name))
        {
            examination.Deny("relation.server-files", $"{name} reads the server's configuration files.", "pg_settings shows the settings in force.", node);
        }
    }

    /// <summary>Whether it can be a view of information_schema; where a catalog tells what a bare name means, that decides.</summary>
    private static bool MayBeView(SqlNode node, Examination examination) =>
        node.Text("schemaname") is { } schema ? schema == "information_schema" : ReferenceEquals(examination.Walker, RuleSet.Walker);
}
