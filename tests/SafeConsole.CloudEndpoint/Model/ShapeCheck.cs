using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafeConsole.CloudEndpoint.Model;

/// <summary>Compares a JSON value with a shape: types, required and unknown members, lengths, ranges, patterns, enumerations.</summary>
internal sealed class ShapeCheck(JsonNode shapes)
{
    private readonly List<string> problems = [];

    public IReadOnlyList<string> Problems => problems;

    public void Check(string shape, JsonNode? value, string path)
    {
        var definition = shapes[shape]!;
        if (value is null)
        {
            problems.Add($"{path} is null");
            return;
        }
        switch ((string)definition["type"]!)
        {
            case "structure":
                CheckStructure(definition, value, path);
                break;
            case "list":
                CheckList(definition, value, path);
                break;
            case "map":
                CheckMap(definition, value, path);
                break;
            case "string":
                CheckText(definition, value, path);
                break;
            case var type:
                CheckScalar(type, definition, value, path);
                break;
        }
    }

    private void CheckStructure(JsonNode definition, JsonNode value, string path)
    {
        if (value is not JsonObject members)
        {
            problems.Add($"{path} is no object");
            return;
        }
        foreach (var required in definition["required"]?.AsArray() ?? [])
        {
            if (members[(string)required!] is null)
                problems.Add($"{path} lacks {required}");
        }
        foreach (var (name, member) in members)
        {
            if (definition["members"]![name] is { } known)
                Check((string)known["shape"]!, member, $"{path}.{name}");
            else
                problems.Add($"{path} has an unknown member {name}");
        }
    }

    private void CheckList(JsonNode definition, JsonNode value, string path)
    {
        if (value is not JsonArray items)
        {
            problems.Add($"{path} is no list");
            return;
        }
        CheckRange(definition, items.Count, path);
        for (var i = 0; i < items.Count; i++)
            Check((string)definition["member"]!["shape"]!, items[i], $"{path}[{i}]");
    }

    private void CheckMap(JsonNode definition, JsonNode value, string path)
    {
        if (value is not JsonObject entries)
        {
            problems.Add($"{path} is no map");
            return;
        }
        foreach (var (key, entry) in entries)
            Check((string)definition["value"]!["shape"]!, entry, $"{path}.{key}");
    }

    private void CheckText(JsonNode definition, JsonNode value, string path)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            problems.Add($"{path} is no text");
            return;
        }
        var text = (string)value!;
        CheckRange(definition, text.Length, path);
        if (definition["enum"] is JsonArray allowed && !allowed.Any(item => (string)item! == text))
            problems.Add($"{path} is {text}, which is none of {allowed.ToJsonString()}");
        if ((string?)definition["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            problems.Add($"{path} does not match {pattern}");
    }

    private void CheckScalar(string type, JsonNode definition, JsonNode value, string path)
    {
        var kind = value.GetValueKind();
        var fits = type switch
        {
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "integer" => kind == JsonValueKind.Number && int.TryParse(value.ToJsonString(), out _),
            "long" => kind == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out _),
            "double" or "float" or "timestamp" => kind == JsonValueKind.Number,
            _ => false,
        };
        if (!fits)
            problems.Add($"{path} is no {type}");
        else if (type is "integer" or "long")
            CheckRange(definition, (double)long.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture), path);
    }

    private void CheckRange(JsonNode definition, double size, string path)
    {
        if (definition["min"] is { } least && size < (double)least)
            problems.Add($"{path} is below {least}");
        if (definition["max"] is { } most && size > (double)most)
            problems.Add($"{path} is above {most}");
    }
}
