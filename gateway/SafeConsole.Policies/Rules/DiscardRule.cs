using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `discard.nothing`: DISCARD ALL, which pools send on release, and DISCARD PLANS pass; the former is marked, as limits that were lowered are back at the policy's. The
/// pinned settings survive both, because the gateway gives them when it connects. DISCARD TEMP and DISCARD SEQUENCES, which pools send instead where prepared statements
/// are to be kept, have nothing to discard and are not sent on. UNLISTEN has nothing to undo and passes.
/// </summary>
internal sealed class DiscardRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["DiscardStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        switch (node.Text("target"))
        {
            case "DISCARD_ALL":
                examination.Path = new PathChange(null, false, true);
                examination.Mark("setting.reset", "Every setting is back at what the gateway gave.");
                break;
            case "DISCARD_PLANS":
                break;
            case "DISCARD_TEMP" or "DISCARD_SEQUENCES":
                examination.Replace("discard.nothing", "DISCARD PLANS", "There are no temporary tables or sequence values here to discard.");
                break;
            default:
                examination.Deny("discard.not-allowed", "This form of DISCARD is not known.", "DISCARD ALL and DISCARD PLANS are passed on.");
                break;
        }
    }
}
