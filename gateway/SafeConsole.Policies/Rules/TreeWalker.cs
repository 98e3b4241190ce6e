using System.Collections.Frozen;
using System.Text.Json;
using SafeConsole.Policies.Sql;

namespace SafeConsole.Policies.Rules;

/// <summary>Shows every node of a tree to the rules for its kind. A kind of node or a field that is not known is denied. Keeps its own stack, so depth costs no stack space.</summary>
internal sealed class TreeWalker(IEnumerable<INodeRule> rules)
{
    private readonly FrozenDictionary<string, INodeRule[]> rules = rules
        .SelectMany(rule => rule.NodeTypes.Select(type => (type, rule)))
        .GroupBy(pair => pair.type, pair => pair.rule)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Walks one statement until it is through or denied.</summary>
    public void Walk(SqlNode statement, Examination examination)
    {
        var pending = new Stack<SqlNode>();
        pending.Push(statement);
        while (examination.Denial is null && pending.TryPop(out SqlNode node))
        {
            if (NodeShapes.Find(node.Type) is not { } shape)
            {
                examination.Deny("node.unknown", $"The statement contains {node.Type}, which is not known to be a read.", "Only reads are passed on.", node);
                return;
            }

            foreach (INodeRule rule in rules.GetValueOrDefault(node.Type) ?? [])
            {
                rule.Examine(node, examination);
                if (examination.Denial is not null)
                {
                    return;
                }
            }

            PushChildren(node, shape, pending, examination);
        }
    }

    private static void PushChildren(SqlNode node, NodeShape shape, Stack<SqlNode> pending, Examination examination)
    {
        if (node.Fields.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        List<SqlNode> children = [];
        foreach (JsonProperty field in node.Fields.EnumerateObject())
        {
            if (!shape.Fields.TryGetValue(field.Name, out string? type))
            {
                examination.Deny("node.unknown", $"The statement contains {node.Type}.{field.Name}, which is not known to be a read.", "Only reads are passed on.", node);
                return;
            }

            if (!Collect(field.Value, type, children) && !MayHoldNull(node, field))
            {
                examination.Deny("node.unknown", $"The statement contains something in {node.Type}.{field.Name} that is not known to be a read.", "Only reads are passed on.", node);
                return;
            }
        }

        for (int index = children.Count - 1; index >= 0; index--)
        {
            pending.Push(children[index]);
        }
    }

    /// <summary>
    /// libpg_query writes {} for a null in a list, and also for a kind of node that it does not know. A null stands for DISTINCT without ON,
    /// and for the absent column list of a function in FROM.
    /// </summary>
    private static bool MayHoldNull(SqlNode node, JsonProperty field) =>
        (node.Type == "SelectStmt" && field.Name == "distinctClause" && field.Value.GetArrayLength() == 1)
        || (node.Type == "List" && field.Name == "items" && field.Value.GetArrayLength() == 2 && SqlNode.Wrapped(field.Value[0]) is not null);

    /// <summary>Adds the nodes in a field's value; false if one of them is empty.</summary>
    private static bool Collect(JsonElement value, string? type, List<SqlNode> children)
    {
        bool complete = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when type is not null:
                children.Add(new SqlNode(type, value));
                break;
            case JsonValueKind.Object when SqlNode.Wrapped(value) is { } child:
                children.Add(child);
                break;
            case JsonValueKind.Object:
                complete = false;
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    complete &= Collect(item, type, children);
                }

                break;
        }

        return complete;
    }
}
