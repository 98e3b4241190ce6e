using System.Text.Json.Nodes;
using SafeConsole.Testing;

namespace SafeConsole.Deploy.Tests.Aws;

/// <summary>The official CloudFormation resource specification: types, their properties and their attributes.</summary>
internal static class Specification
{
    private static readonly Lazy<JsonNode> Read = new(() => JsonNode.Parse(File.ReadAllText(Path()))!);

    public static JsonNode? TypeOf(string resource) => Read.Value["ResourceTypes"]![resource];

    /// <summary>What is wrong with a resource: unknown, missing and wrongly typed properties.</summary>
    public static IEnumerable<string> Problems(string type, JsonNode? properties) =>
        TypeOf(type) is { } known ? OfStructure(type, known, properties ?? new JsonObject(), type) : [$"{type} is no resource type"];

    private static IEnumerable<string> OfStructure(string type, JsonNode known, JsonNode value, string path)
    {
        if (value is not JsonObject members)
            return [$"{path} is no structure"];
        var missing = known["Properties"]!.AsObject().Where(property => (bool?)property.Value!["Required"] == true && !members.ContainsKey(property.Key)).Select(property => $"{path} lacks {property.Key}");
        return missing.Concat(members.SelectMany(member => known["Properties"]![member.Key] is { } property
            ? OfValue(type, property, member.Value, $"{path}.{member.Key}")
            : [$"{path} has no property {member.Key}"]));
    }

    private static IEnumerable<string> OfValue(string type, JsonNode property, JsonNode? value, string path)
    {
        if (IsFunction(value))
            return [];
        switch ((string?)property["Type"])
        {
            case "List":
                return value is JsonArray items ? items.SelectMany((item, i) => OfItem(type, property, item, $"{path}[{i}]")) : [$"{path} is no list"];
            case "Map":
                return value is JsonObject entries ? entries.SelectMany(entry => OfItem(type, property, entry.Value, $"{path}.{entry.Key}")) : [$"{path} is no map"];
            case { } structure:
                return OfStructure(type, Structure(type, structure), value!, path);
            default:
                return OfPrimitive((string)property["PrimitiveType"]!, value, path);
        }
    }

    private static IEnumerable<string> OfItem(string type, JsonNode property, JsonNode? item, string path)
    {
        if (IsFunction(item))
            return [];
        return (string?)property["ItemType"] is { } structure ? OfStructure(type, Structure(type, structure), item!, path) : OfPrimitive((string)property["PrimitiveItemType"]!, item, path);
    }

    private static IEnumerable<string> OfPrimitive(string primitive, JsonNode? value, string path)
    {
        var fits = primitive switch
        {
            "Json" => value is JsonObject,
            "Boolean" => value is JsonValue truth && truth.TryGetValue<bool>(out _),
            "Integer" or "Long" or "Double" => value is JsonValue number && number.TryGetValue<long>(out _),
            "String" => value is JsonValue,
            _ => true,
        };
        return fits ? [] : [$"{path} is no {primitive}"];
    }

    private static bool IsFunction(JsonNode? value) => value is JsonObject { Count: 1 } call && call.First().Key is var name && (name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal));

    private static JsonNode Structure(string type, string name) =>
        Read.Value["PropertyTypes"]![$"{type}.{name}"] ?? Read.Value["PropertyTypes"]![name] ?? throw new InvalidOperationException($"The specification lacks {type}.{name}.");

    private static string Path()
    {
        var path = RepositoryRoot.At("tests", "SafeConsole.Deploy.Tests", "node_modules", "@aws-cdk", "cfnspec", "spec", "specification.json");
        return File.Exists(path) ? path : throw new InvalidOperationException("The resource specification is not installed: run `npm ci` in tests/SafeConsole.Deploy.Tests.");
    }
}
