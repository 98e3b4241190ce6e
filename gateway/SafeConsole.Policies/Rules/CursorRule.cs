using System.Globalization;
using SafeConsole.Policies.Procedures;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `cursor.hold`: a cursor WITH HOLD keeps its whole result on the server's disk after the transaction, so its query must have a LIMIT within the policy's rows. Django
/// declares such cursors for every iterator() outside of a transaction, where nobody can add one; there it is added.
/// </summary>
internal sealed class CursorRule : INodeRule
{
    // CURSOR_OPT_HOLD in parsenodes.h
    private const long Hold = 0x0020;

    // django/db/backends/postgresql/base.py: chunked_cursor
    private const string DjangoCursor = "_django_curs_";

    public IReadOnlyList<string> NodeTypes { get; } = ["DeclareCursorStmt"];

    public void Examine(SqlNode node, Examination examination)
    {
        long most = examination.Policy.Limits.RowsPerStatement;
        if (!IsHeld(node) || IsBounded(node, most))
        {
            return;
        }

        if (node.Text("portalname")!.StartsWith(DjangoCursor, StringComparison.Ordinal) && Bounded(examination.StatementText, most) is { } bounded)
        {
            examination.Replace("cursor.hold", bounded, $"A cursor WITH HOLD keeps at most {most} rows here.");
            return;
        }

        examination.Deny(
            "cursor.hold", "A cursor WITH HOLD keeps its whole result in the replica's temporary files.", $"Declare it without HOLD within a transaction, or with LIMIT {most} or less.");
    }

    /// <summary>Whether the DECLARE says WITH HOLD.</summary>
    public static bool IsHeld(SqlNode declare) => (declare.Integer("options") & Hold) != 0;

    private static bool IsBounded(SqlNode node, long most) =>
        node.Child("query") is { Type: "SelectStmt" } query && query.Text("limitOption") == "LIMIT_OPTION_COUNT" && query.Child("limitCount") is { Type: "A_Const" } count
        && long.TryParse(SqlConstant.Read(count), NumberStyles.None, CultureInfo.InvariantCulture, out long rows) && rows <= most;

    /// <summary>The statement with its query, which follows the first FOR, in a bounded one.</summary>
    private static string? Bounded(string statement, long most)
    {
        if (TokenText.Read(statement) is not { } text || text.Words.ToList().FindIndex(word => word.Equals("FOR", StringComparison.OrdinalIgnoreCase)) is not (> 0 and var place))
        {
            return null;
        }

        return $"{text.Between(0, place + 1)} SELECT * FROM ({text.Between(place + 1, text.Words.Count)}) AS held LIMIT {most}";
    }
}
