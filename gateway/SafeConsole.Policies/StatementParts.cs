using SafeConsole.Policies.Rules;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies;

/// <summary>Names the statements of an approved text for the proxy's bookkeeping.</summary>
internal static class StatementParts
{
    /// <summary>
    /// The kind: `select`, `explain`, `show`, `set`, `reset`, `copy`, `unlisten`, `begin`, `commit`, `rollback`, `savepoint`, `release`, `rollback-to`,
    /// `declare`, `fetch`, `move`, `close`, `prepare`, `execute`, `deallocate`, `discard-all`, `discard-plans`. The name is that of the prepared statement,
    /// cursor, savepoint or setting; null for CLOSE ALL, DEALLOCATE ALL and RESET ALL.
    /// </summary>
    public static ApprovedPart Describe(SqlNode root, Examination examination) => Describe(root) with
    {
        Path = examination.Path,
        JudgedBy = examination.Session?.Catalog.Identity ?? 0,
        IsChained = root.Flag("chain"),
        Text = root.Type is "PrepareStmt" or "DeclareCursorStmt" ? examination.StatementText : null,
    };

    private static ApprovedPart Describe(SqlNode root) => root.Type switch
    {
        "SelectStmt" => new ApprovedPart("select", null),
        "ExplainStmt" => new ApprovedPart("explain", root.Child("query") is { Type: "ExecuteStmt" } execute ? execute.Text("name") : null),
        "VariableShowStmt" => new ApprovedPart("show", root.Text("name")),
        "VariableSetStmt" => new ApprovedPart(root.Text("kind") is "VAR_RESET" or "VAR_RESET_ALL" ? "reset" : "set", root.Text("name")),
        "CopyStmt" => new ApprovedPart("copy", null),
        "UnlistenStmt" => new ApprovedPart("unlisten", root.Text("conditionname")),
        "TransactionStmt" => new ApprovedPart(Transaction(root), root.Text("savepoint_name")),
        "DeclareCursorStmt" => new ApprovedPart("declare", root.Text("portalname")) { IsHeld = CursorRule.IsHeld(root) },
        "FetchStmt" => new ApprovedPart(root.Flag("ismove") ? "move" : "fetch", root.Text("portalname")),
        "ClosePortalStmt" => new ApprovedPart("close", root.Text("portalname")),
        "PrepareStmt" => new ApprovedPart("prepare", root.Text("name")),
        "ExecuteStmt" => new ApprovedPart("execute", root.Text("name")),
        "DeallocateStmt" => new ApprovedPart("deallocate", root.Text("name")),
        "DiscardStmt" => new ApprovedPart(root.Text("target") == "DISCARD_ALL" ? "discard-all" : "discard-plans", null),
        _ => throw new InvalidOperationException($"{root.Type} was approved but has no kind."),
    };

    private static string Transaction(SqlNode root) => root.Text("kind") switch
    {
        "TRANS_STMT_BEGIN" or "TRANS_STMT_START" => "begin",
        "TRANS_STMT_COMMIT" => "commit",
        "TRANS_STMT_ROLLBACK" => "rollback",
        "TRANS_STMT_SAVEPOINT" => "savepoint",
        "TRANS_STMT_RELEASE" => "release",
        "TRANS_STMT_ROLLBACK_TO" => "rollback-to",
        var kind => throw new InvalidOperationException($"{kind} was approved but has no kind."),
    };
}
