using SafeConsole.Policies.Functions;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`operator.not-allowed`: an operator calls a function. PostgreSQL's own and those of the reviewed extensions pass.</summary>
internal sealed class OperatorRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["A_Expr", "SubLink", "SortBy"];

    public void Examine(SqlNode node, Examination examination)
    {
        string field = node.Type switch
        {
            "A_Expr" => "name",
            "SubLink" => "operName",
            _ => "useOp",
        };
        if (node.Text("kind") is { } kind && kind.Contains("BETWEEN", StringComparison.Ordinal))
        {
            // The grammar's own names for x >= a AND x <= b.
            return;
        }

        IReadOnlyList<string> names = node.Names(field);
        bool known = names switch
        {
            [] => true,
            [var name] => OperatorCatalogue.Contains(name),
            ["pg_catalog", var name] => OperatorCatalogue.Contains(name),
            _ => false,
        };
        if (!known)
        {
            examination.Deny("operator.not-allowed", $"The operator {string.Join('.', names)} is not one of PostgreSQL's own; it may run code.", "Use a built-in operator.", node);
        }
    }
}
