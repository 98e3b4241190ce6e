using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>Counts the nodes that can run something, so that reading by meaning can be held to have read every one of them.</summary>
internal sealed class CountRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } =
    [
        "A_Expr", "A_Indirection", "CaseExpr", "ColumnRef", "FuncCall", "JoinExpr", "ParamRef", "RangeFunction", "RangeTableFunc", "RangeVar", "RowExpr", "SelectStmt", "SortBy", "SubLink",
        "TypeCast", "TypeName",
    ];

    public void Examine(SqlNode node, Examination examination)
    {
        examination.Counts[node.Type] = examination.Counts.GetValueOrDefault(node.Type) + 1;
        if (node.Type == "ParamRef")
        {
            long number = node.Integer("number");
            examination.Parameters[number] = examination.Parameters.GetValueOrDefault(number) + 1;
        }
    }
}
