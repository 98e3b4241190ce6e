using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `transaction.prepared`, `transaction.snapshot`, `transaction.read-write`: transactions and savepoints pass; a request for READ WRITE, which
/// drivers send by habit, is turned into READ ONLY and marked; two-phase commit is refused.
/// </summary>
internal sealed class TransactionRule : INodeRule
{
    private const string ReadOnlyNotice = "READ WRITE has no effect here: every transaction stays read-only.";

    public IReadOnlyList<string> NodeTypes { get; } = ["TransactionStmt", "VariableSetStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        if (node.Type == "TransactionStmt")
        {
            ExamineStatement(node, examination);
        }
        else if (node.Text("kind") == "VAR_SET_MULTI")
        {
            ExamineModes(node, examination);
        }
    }

    private static void ExamineStatement(SqlNode node, Examination examination)
    {
        switch (node.Text("kind"))
        {
            case "TRANS_STMT_BEGIN":
                Pin("BEGIN", node, "options", examination);
                break;
            case "TRANS_STMT_START":
                Pin("START TRANSACTION", node, "options", examination);
                break;
            case "TRANS_STMT_COMMIT" or "TRANS_STMT_ROLLBACK" or "TRANS_STMT_SAVEPOINT" or "TRANS_STMT_RELEASE" or "TRANS_STMT_ROLLBACK_TO":
                break;
            default:
                examination.Deny("transaction.prepared", "Two-phase commit leaves a transaction behind, or ends somebody else's.", "BEGIN, COMMIT, ROLLBACK and savepoints are passed on.");
                break;
        }
    }

    private static void ExamineModes(SqlNode node, Examination examination)
    {
        switch (node.Text("name"))
        {
            case "TRANSACTION":
                Pin("SET TRANSACTION", node, "args", examination);
                break;
            case "SESSION CHARACTERISTICS":
                Pin("SET SESSION CHARACTERISTICS AS TRANSACTION", node, "args", examination);
                break;
            default:
                examination.Deny("transaction.snapshot", "Importing another session's snapshot is not allowed.", "Use ISOLATION LEVEL REPEATABLE READ for a stable view.");
                break;
        }
    }

    /// <summary>Writes the statement anew with READ ONLY if any of its modes says READ WRITE.</summary>
    private static void Pin(string verb, SqlNode node, string field, Examination examination)
    {
        List<string> modes = [];
        bool readWrite = false;
        foreach (SqlNode option in node.Children(field))
        {
            string? value = option.Child("arg") is { } argument ? SqlConstant.Read(argument) : null;
            switch (option.Text("defname"))
            {
                case "transaction_isolation" when value is "serializable" or "repeatable read" or "read committed" or "read uncommitted":
                    modes.Add("ISOLATION LEVEL " + value.ToUpperInvariant());
                    break;
                case "transaction_read_only":
                    readWrite |= value != "1";
                    break;
                case "transaction_deferrable":
                    modes.Add(value == "1" ? "DEFERRABLE" : "NOT DEFERRABLE");
                    break;
                default:
                    examination.Deny("node.unknown", "The transaction mode is not known.", "ISOLATION LEVEL, READ ONLY and DEFERRABLE are.", option);
                    return;
            }
        }

        if (readWrite)
        {
            modes.Add("READ ONLY");
            examination.Replace("transaction.read-write", $"{verb} {string.Join(", ", modes)}", ReadOnlyNotice);
        }
    }
}
