using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`select.into`, `select.locking`: a SELECT that makes a table or locks rows is not a read.</summary>
internal sealed class SelectRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["SelectStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Has("intoClause"))
        {
            SqlNode? table = node.Child("intoClause", "IntoClause")?.Child("rel", "RangeVar");
            examination.Deny("select.into", "SELECT INTO creates a table; this console only reads.", "Leave INTO out; \\copy (query) TO 'file' keeps a result.", table, SqlStates.ReadOnly);
        }
        else if (node.Has("lockingClause") && !examination.IsPlanned)
        {
            examination.Deny("select.locking", "FOR UPDATE and FOR SHARE lock rows that the application needs.", "Leave the locking clause out; reads see a consistent snapshot without it.", null, SqlStates.ReadOnly);
        }
    }
}
