using System.Text.Json;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// Whether a verdict on a query holds for every text of its form (<see cref="IntegerForm"/>): each number must stand where no rule reads which number it is, as an operand of an operator, in
/// IN and BETWEEN, or after LIMIT and OFFSET. A number anywhere else, a column of ORDER BY, a type's length, a function's argument, makes it hold for its own text alone.
/// </summary>
internal static class FreeConstants
{
    /// <summary>Whether it holds; the text must have a form.</summary>
    public static bool AreAll(PostgresText text, SqlNode root)
    {
        List<int> places = IntegerForm.Places(text.Sql);
        var pending = new Stack<(JsonElement Element, bool Free)>([(root.Fields, false)]);
        while (pending.TryPop(out (JsonElement Element, bool Free) next))
        {
            if (next.Element.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in next.Element.EnumerateArray())
                {
                    pending.Push((item, next.Free));
                }
            }
            else if (next.Element.ValueKind == JsonValueKind.Object && !Take(next, pending, places, text.Sql))
            {
                return false;
            }
        }

        return places.Count == 0;
    }

    /// <summary>Goes through an object's fields; false at a number that is not free. An object is either a node's fields or `{"Type": fields}`.</summary>
    private static bool Take((JsonElement Element, bool Free) next, Stack<(JsonElement Element, bool Free)> pending, List<int> places, string sql)
    {
        foreach (JsonProperty field in next.Element.EnumerateObject())
        {
            switch (field.Name)
            {
                case "A_Const":
                    var constant = new SqlNode(field.Name, field.Value);
                    if (constant.Has("ival") && !(next.Free && Strike(constant, places, sql)))
                    {
                        return false;
                    }

                    break;
                case "Integer":
                    // A number that is no constant of an expression.
                    return false;
                case "A_Expr":
                    TakeOperator(field.Value, pending);
                    break;
                default:
                    pending.Push((field.Value, field.Name is "limitCount" or "limitOffset"));
                    break;
            }
        }

        return true;
    }

    private static void TakeOperator(JsonElement fields, Stack<(JsonElement Element, bool Free)> pending)
    {
        string? kind = new SqlNode("A_Expr", fields).Text("kind");
        bool listed = kind is "AEXPR_IN" or "AEXPR_BETWEEN" or "AEXPR_NOT_BETWEEN";
        foreach (JsonProperty field in fields.EnumerateObject())
        {
            bool free = field.Name is "lexpr" or "rexpr" && (listed || kind is "AEXPR_OP");
            pending.Push(free && listed && SqlNode.Wrapped(field.Value) is { Type: "List" } list && list.Fields.TryGetProperty("items", out JsonElement items)
                ? (items, true)
                : (field.Value, free));
        }
    }

    // A negative constant begins at its sign.
    private static bool Strike(SqlNode constant, List<int> places, string sql)
    {
        int at = (int)constant.Integer("location");
        if (at < 0)
        {
            // The grammar made it up, as the 1 of FETCH FIRST ROW ONLY; it stands nowhere.
            return false;
        }

        while (at < sql.Length && !char.IsAsciiDigit(sql[at]))
        {
            if (sql[at] is not ('-' or '+' or ' ' or '\t' or '\r' or '\n'))
            {
                return false;
            }

            at++;
        }

        return places.Remove(at);
    }
}
