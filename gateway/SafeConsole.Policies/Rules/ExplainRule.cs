using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `explain.writes`, `explain.option`: EXPLAIN of reads passes, with ANALYZE too. EXPLAIN of INSERT, UPDATE, DELETE, MERGE and SELECT … FOR UPDATE passes without ANALYZE.
/// CREATE TABLE AS and the like are refused in any form: PostgreSQL runs them under ANALYZE even in a read-only transaction.
/// </summary>
internal sealed class ExplainRule : INodeRule
{
    private static readonly HashSet<string> Options =
        ["analyze", "verbose", "costs", "settings", "generic_plan", "buffers", "serialize", "wal", "timing", "summary", "memory", "format"];

    public IReadOnlyList<string> NodeTypes { get; } = ["ExplainStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        bool analyze = false;
        foreach (SqlNode option in node.Children("options"))
        {
            string name = option.Text("defname") ?? "";
            if (!Options.Contains(name))
            {
                examination.Deny("explain.option", $"EXPLAIN has no option {name} that is known to be harmless.", $"Known are {string.Join(", ", Options).ToUpperInvariant()}.", option);
                return;
            }

            // The last of several counts for the server; any that asks for ANALYZE counts here.
            analyze |= name == "analyze" && SqlConstant.IsTrue(option.Child("arg"));
        }

        examination.IsPlanned = !analyze;
        string? query = node.Child("query")?.Type;
        bool read = query is "SelectStmt" or "DeclareCursorStmt" or "ExecuteStmt";
        bool write = query is "InsertStmt" or "UpdateStmt" or "DeleteStmt" or "MergeStmt";
        if (!read && !(write && !analyze))
        {
            string hint = write ? "EXPLAIN without ANALYZE plans the statement and does not run it." : "Explain the SELECT in it instead.";
            examination.Deny("explain.writes", "This EXPLAIN would run a statement that writes; this console only reads.", hint, null, SqlStates.ReadOnly);
        }
    }
}
