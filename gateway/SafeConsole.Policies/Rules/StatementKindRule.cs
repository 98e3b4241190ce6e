using System.Collections.Frozen;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>`statement.kind`: only reads, and the statements that serve them (transactions, cursors, settings), are passed on.</summary>
internal sealed class StatementKindRule : INodeRule
{
    private const string Rule = "statement.kind";

    private static readonly FrozenSet<string> Allowed = new[]
    {
        "SelectStmt", "ExplainStmt", "VariableShowStmt", "VariableSetStmt", "TransactionStmt", "DeclareCursorStmt", "FetchStmt", "ClosePortalStmt",
        "PrepareStmt", "ExecuteStmt", "DeallocateStmt", "CopyStmt", "DiscardStmt", "UnlistenStmt",
    }.ToFrozenSet();

    /// <summary>What PostgreSQL itself refuses in a read-only transaction with 25006, named as it names them.</summary>
    private static readonly FrozenDictionary<string, string> Writes = new Dictionary<string, string>
    {
        ["InsertStmt"] = "INSERT", ["UpdateStmt"] = "UPDATE", ["DeleteStmt"] = "DELETE", ["MergeStmt"] = "MERGE", ["TruncateStmt"] = "TRUNCATE TABLE",
        ["CreateTableAsStmt"] = "CREATE TABLE AS", ["CreateStmt"] = "CREATE TABLE", ["AlterTableStmt"] = "ALTER TABLE", ["DropStmt"] = "DROP",
        ["IndexStmt"] = "CREATE INDEX", ["ViewStmt"] = "CREATE VIEW", ["CreateSchemaStmt"] = "CREATE SCHEMA", ["CreateSeqStmt"] = "CREATE SEQUENCE",
        ["AlterSeqStmt"] = "ALTER SEQUENCE", ["CreateFunctionStmt"] = "CREATE FUNCTION", ["CreateTrigStmt"] = "CREATE TRIGGER", ["RuleStmt"] = "CREATE RULE",
        ["GrantStmt"] = "GRANT", ["GrantRoleStmt"] = "GRANT ROLE", ["RenameStmt"] = "ALTER", ["CommentStmt"] = "COMMENT", ["CreateExtensionStmt"] = "CREATE EXTENSION",
        ["DefineStmt"] = "CREATE", ["CompositeTypeStmt"] = "CREATE TYPE", ["SecLabelStmt"] = "SECURITY LABEL", ["ReassignOwnedStmt"] = "REASSIGN OWNED",
        ["ImportForeignSchemaStmt"] = "IMPORT FOREIGN SCHEMA", ["CreatedbStmt"] = "CREATE DATABASE", ["DropdbStmt"] = "DROP DATABASE", ["CreateRoleStmt"] = "CREATE ROLE", ["AlterRoleStmt"] = "ALTER ROLE", ["DropRoleStmt"] = "DROP ROLE", ["RefreshMatViewStmt"] = "REFRESH MATERIALIZED VIEW",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Others = new Dictionary<string, string>
    {
        ["DoStmt"] = "DO", ["CallStmt"] = "CALL", ["LockStmt"] = "LOCK TABLE", ["ListenStmt"] = "LISTEN", ["NotifyStmt"] = "NOTIFY", ["LoadStmt"] = "LOAD",
        ["CheckPointStmt"] = "CHECKPOINT", ["VacuumStmt"] = "VACUUM or ANALYZE", ["ClusterStmt"] = "CLUSTER", ["ReindexStmt"] = "REINDEX",
        ["AlterSystemStmt"] = "ALTER SYSTEM",
    }.ToFrozenDictionary();

    public IReadOnlyList<string> NodeTypes { get; } = ["RawStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        SqlNode root = examination.Root;
        if (Allowed.Contains(root.Type))
        {
            return;
        }

        if (Write(root.Type) is { } write)
        {
            examination.Deny(Rule, $"{write} changes the database; this console only reads.", "Run the change through the application or a migration.", sqlState: SqlStates.ReadOnly);
            return;
        }

        string name = Others.GetValueOrDefault(root.Type) ?? root.Type;
        examination.Deny(Rule, $"{name} is not a read; this console only reads.", "SELECT, EXPLAIN, SHOW, COPY … TO STDOUT, cursors and transactions are passed on.");
    }
    /// <summary>What the server calls a statement that changes the database; every CREATE, ALTER and DROP does, but for ALTER SYSTEM, which it lets pass as a read.</summary>
    private static string? Write(string type) => Writes.GetValueOrDefault(type) ?? type switch
    {
        "AlterSystemStmt" => null,
        _ when type.StartsWith("Create", StringComparison.Ordinal) => "CREATE",
        _ when type.StartsWith("Alter", StringComparison.Ordinal) => "ALTER",
        _ when type.StartsWith("Drop", StringComparison.Ordinal) => "DROP",
        _ => null,
    };
}
