using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `function.sleep`: pg_sleep passes, for the statement timeout ends it, but once in a text and not in a cursor or prepared statement: each statement and
/// each FETCH has a timeout of its own, so many of them would sleep for ever with a snapshot held.
/// </summary>
internal sealed class SleepRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Names("funcname") is not [.., "pg_sleep" or "pg_sleep_for" or "pg_sleep_until"])
        {
            return;
        }

        examination.Sleeps++;
        if (examination.Sleeps > 1 || examination.Root.Type is "DeclareCursorStmt" or "PrepareStmt")
        {
            examination.Deny("function.sleep", "Sleeping again and again would outlast the statement timeout.", "One pg_sleep in one statement is passed on.", node);
        }
    }
}
