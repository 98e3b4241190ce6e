using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `function.sql-text`: functions that run SQL given as text are judged on that text where it is one literal; it must hold queries alone. Where it is put together the
/// function rule refuses the call.
/// </summary>
internal sealed class SqlTextRule : INodeRule
{
    private static readonly Dictionary<string, int> Texts = new() { ["query_to_xml"] = 0, ["query_to_xmlschema"] = 0, ["query_to_xml_and_xmlschema"] = 0, ["ts_stat"] = 0, ["ts_rewrite"] = 1 };

    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    /// <summary>Whether the call has a literal text, which this rule judges.</summary>
    public static bool IsJudged(string name, SqlNode call) => Text(name, call) is not null;

    public void Examine(SqlNode node, Examination examination)
    {
        IReadOnlyList<string> names = node.Names("funcname");
        if (names.Count == 0 || Text(names[^1], node) is not { } sql)
        {
            return;
        }

        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql);
        if (text is null)
        {
            examination.Deny("function.sql-text", $"The SQL given to {names[^1]}() cannot be read: {fault!.Message}.", "Run the query itself.", node);
            return;
        }

        examination.RunsText = true;
        using (text)
        {
            Judge(text, names[^1], node, examination);
        }
    }

    private static void Judge(PostgresText text, string name, SqlNode node, Examination examination)
    {
        Examination inner = examination.Within(text);
        foreach (SqlNode statement in text.Statements)
        {
            SqlNode root = statement.Child("stmt") ?? new SqlNode("an unknown statement", default);
            inner.Enter(statement, root);
            if (root.Type != "SelectStmt")
            {
                examination.Deny("function.sql-text", $"The SQL given to {name}() is not a query.", "Run the query itself.", node);
                return;
            }

            examination.Walker.Walk(statement, inner);
            examination.JudgeMeaning(inner);
            if (inner.Denial is { } denial)
            {
                examination.Deny(denial.Rule, $"In the SQL given to {name}(): {denial.Reason}", denial.Hint, node, denial.SqlState);
                return;
            }
        }
    }

    private static string? Text(string name, SqlNode call)
    {
        if (!Texts.TryGetValue(name, out int place) || call.Flag("func_variadic"))
        {
            return null;
        }

        SqlNode[] arguments = [.. call.Children("args")];
        bool plain = arguments.Length > place && arguments.All(argument => argument.Type != "NamedArgExpr");
        bool sqlForm = name != "ts_rewrite" || arguments.Length == 2;
        return plain && sqlForm && arguments[place] is { Type: "A_Const" or "TypeCast" } literal ? SqlConstant.Read(literal) : null;
    }
}
