using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `with.writes`, `statement.nested`: where a statement contains another one, that one is a query. The grammar would accept INSERT, UPDATE,
/// DELETE or MERGE in WITH, COPY and PREPARE.
/// </summary>
internal sealed class NestedStatementRule : INodeRule
{
    private static readonly Dictionary<string, string> Fields = new()
    {
        ["CommonTableExpr"] = "ctequery", ["PrepareStmt"] = "query", ["DeclareCursorStmt"] = "query", ["CopyStmt"] = "query", ["SubLink"] = "subselect",
        ["RangeSubselect"] = "subquery", ["InsertStmt"] = "selectStmt",
    };

    public IReadOnlyList<string> NodeTypes { get; } = [.. Fields.Keys];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Child(Fields[node.Type]) is not { } inner || inner.Type == "SelectStmt")
        {
            return;
        }

        string rule = node.Type == "CommonTableExpr" ? "with.writes" : "statement.nested";
        string where = node.Type switch
        {
            "CommonTableExpr" => "WITH",
            "PrepareStmt" => "PREPARE",
            "CopyStmt" => "COPY",
            _ => "a query",
        };
        examination.Deny(rule, $"{where} contains a statement that writes; this console only reads.", "Only a SELECT may stand there.", node, SqlStates.ReadOnly);
    }
}
