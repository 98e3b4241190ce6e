using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// `function.sql-text`: functions that run SQL given as text are judged on that text where it is one literal; it must hold queries alone. Where it is put together the
/// function rule refuses the call.
/// </summary>
internal sealed class SqlTextRule : INodeRule
{
    /// <summary>Where the arguments stand that are SQL. crosstab's second one can be a number, which is none.</summary>
    private static readonly Dictionary<string, int[]> Places = new()
    {
        ["query_to_xml"] = [0], ["query_to_xmlschema"] = [0], ["query_to_xml_and_xmlschema"] = [0], ["ts_stat"] = [0], ["ts_rewrite"] = [1],
        ["crosstab"] = [0, 1], ["crosstab2"] = [0], ["crosstab3"] = [0], ["crosstab4"] = [0],
    };

    /// <summary>Where a function that runs SQL takes it; null for any other function.</summary>
    public static IReadOnlyList<int>? PlacesOf(string name) => Places.GetValueOrDefault(name);

    public IReadOnlyList<string> NodeTypes { get; } = ["FuncCall"];

    /// <summary>Whether every text of the call is a literal, which this rule judges.</summary>
    public static bool IsJudged(string name, SqlNode call) => Texts(name, call).Count > 0;

    public void Examine(SqlNode node, Examination examination)
    {
        IReadOnlyList<string> names = node.Names("funcname");
        foreach (string sql in names.Count == 0 ? [] : Texts(names[^1], node))
        {
            Examine(sql, names[^1], node, examination);
        }
    }

    private static void Examine(string sql, string name, SqlNode node, Examination examination)
    {
        (PostgresText? text, SqlFault? fault) = PostgresParser.Parse(sql);
        if (text is null)
        {
            examination.Deny("function.sql-text", $"The SQL given to {name}() cannot be read: {fault!.Message}.", "Run the query itself.", node);
            return;
        }

        examination.RunsText = true;
        using (text)
        {
            Judge(text, name, node, examination);
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

    /// <summary>The literal texts; none where one of them is no literal, or stands under a name.</summary>
    private static List<string> Texts(string name, SqlNode call)
    {
        SqlNode[] arguments = [.. call.Children("args")];
        if (!Places.TryGetValue(name, out int[]? places) || call.Flag("func_variadic") || arguments.Any(argument => argument.Type == "NamedArgExpr")
            || arguments.Length <= places[0] || (name == "ts_rewrite" && arguments.Length != 2))
        {
            return [];
        }

        SqlNode[] texts = [.. places.Where(place => place < arguments.Length).Select(place => arguments[place]).Where(argument => !IsNumber(argument))];
        string?[] literals = [.. texts.Select(text => text.Type is "A_Const" or "TypeCast" ? SqlConstant.Read(text) : null)];
        return literals.Contains(null) ? [] : [.. literals.OfType<string>()];
    }

    private static bool IsNumber(SqlNode argument) => argument.Type == "A_Const" && argument.Has("ival");
}
