using System.Text.Json;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>
/// Lets txid_current() pass in the ELSE of CASE WHEN pg_is_in_recovery() THEN … ELSE … END, which JetBrains IDEs send when they connect: on a standby it is
/// never called. Alone it is refused, for it takes a transaction id.
/// </summary>
internal sealed class RecoveryGuardRule : INodeRule
{
    public IReadOnlyList<string> NodeTypes { get; } = ["CaseExpr"];

    public void Examine(SqlNode node, Examination examination)
    {
        bool guarded = !node.Has("arg")
            && node.Children("args").FirstOrDefault() is { Type: "CaseWhen" } first
            && first.Child("expr") is { Type: "FuncCall" } condition
            && condition.Names("funcname") is ["pg_is_in_recovery"] or ["pg_catalog", "pg_is_in_recovery"];
        if (!guarded || examination.SearchedCases.Contains(node.Location ?? -1) || !node.Fields.TryGetProperty("defresult", out JsonElement otherwise))
        {
            return;
        }

        var pending = new Stack<JsonElement>([otherwise]);
        while (pending.TryPop(out JsonElement element))
        {
            if (element.ValueKind is JsonValueKind.Array)
            {
                foreach (JsonElement item in element.EnumerateArray())
                {
                    pending.Push(item);
                }
            }
            else if (element.ValueKind is JsonValueKind.Object)
            {
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    Note(new SqlNode(property.Name, property.Value), examination);
                    pending.Push(property.Value);
                }
            }
        }
    }

    private static void Note(SqlNode node, Examination examination)
    {
        if (node.Type == "CaseExpr" && node.Location is { } inner)
        {
            examination.SearchedCases.Add(inner);
        }
        else if (node.Type == "FuncCall" && node.Names("funcname") is [.., "txid_current" or "pg_current_xact_id"] && node.Location is { } location)
        {
            examination.OutsideRecovery.Add(location);
        }
    }
}
