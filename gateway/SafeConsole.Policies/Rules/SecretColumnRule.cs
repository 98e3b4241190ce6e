using System.Text.Json;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `relation.secret-column`: pg_subscription and pg_user_mappings are needed by \dRs and \deu, but one column of each holds passwords. They pass in a
/// statement that names its columns and not that one: no star, no whole-row reference, no renaming of columns, no join that has a name of its own or compares what it does not
/// show (NATURAL, USING), and only once, so that the search of its tree is made once.
/// </summary>
internal sealed class SecretColumnRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["RangeVar"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Text("schemaname") is not (null or "pg_catalog") || SecretRelations.Column(node.Text("relname") ?? "") is not { } column)
        {
            return;
        }

        SqlNode? alias = node.Child("alias", "Alias");
        string rowName = alias?.Text("aliasname") ?? node.Text("relname")!;
        bool renamed = alias is { } given && given.Has("colnames");
        bool again = examination.ReadsSecretCatalog;
        examination.ReadsSecretCatalog = true;
        if (again || renamed || examination.Root.Type == "CopyStmt" || Mentions(examination.Statement.Fields, [column, rowName]))
        {
            examination.Deny("relation.secret-column", $"{node.Text("relname")}.{column} holds passwords.", "Name the columns that you need, without it and without *.", node);
        }
    }

    /// <summary>Whether any column reference in the tree is a star or ends in one of the names, or a join gives out or compares columns that nobody names.</summary>
    private static bool Mentions(JsonElement tree, string[] names)
    {
        var pending = new Stack<JsonElement>([tree]);
        while (pending.TryPop(out JsonElement element))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in element.EnumerateArray())
                {
                    pending.Push(item);
                }
            }
            else if (element.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    if ((property.Name == "ColumnRef" && IsMentioned(new SqlNode("ColumnRef", property.Value), names))
                        || (property.Name == "JoinExpr" && IsJoinedUnseen(new SqlNode("JoinExpr", property.Value), names)))
                    {
                        return true;
                    }

                    pending.Push(property.Value);
                }
            }
        }

        return false;
    }

    private static bool IsMentioned(SqlNode column, string[] names) => column.Names("fields") is not [.., var last] || last == "*" || names.Contains(last);

    /// <summary>A name of the join's own stands for whole rows and can rename columns; NATURAL and USING compare the column, which tells whether a guess at it is right.</summary>
    private static bool IsJoinedUnseen(SqlNode join, string[] names) => join.Has("alias") || join.Flag("isNatural") || join.Names("usingClause").Any(names.Contains);
}
