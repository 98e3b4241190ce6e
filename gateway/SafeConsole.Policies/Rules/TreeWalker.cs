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

            Collect(field.Value, type, children);
        }

        for (int index = children.Count - 1; index >= 0; index--)
        {
            pending.Push(children[index]);
        }
    }

    private static void Collect(JsonElement value, string? type, List<SqlNode> children)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when type is not null:
                children.Add(new SqlNode(type, value));
                break;
            case JsonValueKind.Object:
                children.AddRange(SqlNode.Wrapped(value) is { } child ? [child] : []);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Collect(item, type, children);
                }

                break;
        }
    }
}
