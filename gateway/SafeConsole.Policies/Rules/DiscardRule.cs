using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `discard.not-allowed`: DISCARD ALL, which pools send on release, and DISCARD PLANS pass; the former is marked, as limits that were lowered are back at the policy's. The pinned settings survive both, because the
/// gateway gives them when it connects. UNLISTEN has nothing to undo and passes.
/// </summary>
internal sealed class DiscardRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["DiscardStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Text("target") == "DISCARD_ALL")
        {
            examination.Path = new PathChange(null, false, true);
            examination.Mark("setting.reset", "Every setting is back at what the gateway gave.");
        }

        if (node.Text("target") is not ("DISCARD_ALL" or "DISCARD_PLANS"))
        {
            examination.Deny("discard.not-allowed", "There are no temporary tables or sequence values here to discard.", "DISCARD ALL and DISCARD PLANS are passed on.");
        }
    }
}
