using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`cursor.hold`: a cursor WITH HOLD keeps its whole result on the server's disk after the transaction.</summary>
internal sealed class CursorRule : INodeRule
{
    // CURSOR_OPT_HOLD in parsenodes.h
    private const long Hold = 0x0020;

    public IReadOnlyList<string> NodeTypes { get; } = ["DeclareCursorStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        if ((node.Integer("options") & Hold) != 0)
        {
            examination.Deny("cursor.hold", "A cursor WITH HOLD keeps its whole result in the replica's temporary files.", "Declare it without HOLD and fetch within the transaction.");
        }
    }
}
