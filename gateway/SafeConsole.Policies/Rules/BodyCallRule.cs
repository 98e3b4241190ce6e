using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`function.in-body`: calls that pass in a statement, where they are seen and counted, but not in a function's body.</summary>
internal sealed class BodyCallRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Names("funcname") is [.., "set_config" or "pg_sleep" or "pg_sleep_for" or "pg_sleep_until"] names)
        {
            examination.Deny("function.in-body", $"{names[^1]}() in a function's body.", "Call it in the statement itself.", node);
        }
    }
}
