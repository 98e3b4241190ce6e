using System.Text.Json.Nodes;
using SafeConsole.Testing;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Deploy.Tests.Aws;

/// <summary>The CloudFormation template as JSON, its short forms (`!Ref`, `!Sub` and so on) written out.</summary>
internal static class Template
{
    private static readonly Lazy<JsonObject> Read = new(() => (JsonObject)Of(Document().RootNode)!);

    public static string Path => RepositoryRoot.At("gateway", "deploy", "aws", "runners.yaml");

    public static JsonObject Root => Read.Value;

    public static JsonObject Parameters => (JsonObject)Root[nameof(Parameters)]!;

    public static JsonObject Resources => (JsonObject)Root[nameof(Resources)]!;

    /// <summary>A resource's properties.</summary>
    public static JsonObject Properties(string resource) => (JsonObject)Resources[resource]!["Properties"]!;

    /// <summary>Every value below a node, with itself.</summary>
    public static IEnumerable<JsonNode> Below(JsonNode? node) => node switch
    {
        null => [],
        JsonObject members => members.SelectMany(member => Below(member.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Below).Prepend(items),
        _ => [node],
    };

    /// <summary>A value as a list, as IAM lets one stand for a list of one.</summary>
    public static IReadOnlyList<JsonNode> List(JsonNode? node) => node switch
    {
        null => [],
        JsonArray items => [.. items.OfType<JsonNode>()],
        _ => [node],
    };

    private static YamlDocument Document()
    {
        var yaml = new YamlStream();
        using var reader = File.OpenText(Path);
        yaml.Load(reader);
        return yaml.Documents.Single();
    }

    private static JsonNode? Of(YamlNode node)
    {
        JsonNode? value = node switch
        {
            YamlMappingNode map => new JsonObject(map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Of(entry.Value)))),
            YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
            YamlScalarNode { Style: ScalarStyle.Plain } plain when plain.Tag.IsEmpty => Plain(plain.Value!),
            YamlScalarNode text => text.Value,
            _ => throw new InvalidOperationException($"{node.NodeType} is not expected in the template."),
        };
        if (node.Tag.IsEmpty || !node.Tag.IsLocal)
            return value;
        var name = node.Tag.Value[1..];
        if (name == "GetAtt" && value is JsonValue text2)
            value = new JsonArray([.. ((string)text2!).Split('.', 2).Select(part => JsonValue.Create(part))]);
        return new JsonObject { [name is "Ref" or "Condition" ? name : "Fn::" + name] = value };
    }

    private static JsonNode Plain(string text) =>
        bool.TryParse(text, out var truth) ? truth : long.TryParse(text, out var number) ? number : text;
}
