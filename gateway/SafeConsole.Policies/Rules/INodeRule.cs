using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>One rule of the gate. It is shown every node of the kinds it names, parents before their children, in the order of the text.</summary>
internal interface INodeRule
{
    /// <summary>The kinds of nodes that the rule is shown.</summary>
    IReadOnlyList<string> NodeTypes { get; }

    /// <summary>Denies through the examination, or lets the node pass. The first denial ends the examination.</summary>
    void Examine(SqlNode node, Examination examination);
}
