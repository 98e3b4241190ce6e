using System.Text.Json;
using SafeConsole.Policies.Loading;

namespace SafeConsole.Policies.Tests.Loading;

/// <summary>policy.schema.json, which editors use, and the loader know the same keys.</summary>
public sealed class PolicySchemaTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policies", "policy.schema.json"))).RootElement;

    [Fact]
    public void The_schema_has_the_keys_of_a_target() => Assert.Equal(Sorted(PolicyKeys.Target), Keys("target"));

    [Fact]
    public void The_schema_has_the_keys_of_the_defaults() => Assert.Equal(Sorted(PolicyKeys.Default), Keys("default"));

    [Fact]
    public void Every_key_is_explained_in_the_readme()
    {
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "policies", "README.md"));

        Assert.Equal([], PolicyKeys.Target.Values.SelectMany(keys => keys).Where(key => !readme.Contains(key, StringComparison.Ordinal)));
    }

    private static string[] Sorted(IEnumerable<KeyValuePair<string, string[]>> keys) =>
        [.. keys.SelectMany(pair => pair.Value.Select(key => $"{pair.Key}/{key}")).Order(StringComparer.Ordinal)];

    private static string[] Keys(string definition)
    {
        List<string> keys = [];
        Collect("", Schema.GetProperty("$defs").GetProperty(definition), keys);
        return [.. keys.Order(StringComparer.Ordinal)];
    }

    private static void Collect(string path, JsonElement schema, List<string> keys)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference))
        {
            Collect(path, Schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..]), keys);
        }
        else if (schema.TryGetProperty("items", out JsonElement items))
        {
            Collect(path + "[]", items, keys);
        }
        else if (schema.TryGetProperty("properties", out JsonElement properties))
        {
            Assert.False(schema.GetProperty("additionalProperties").GetBoolean());
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                keys.Add($"{path}/{property.Name}");
                Collect(path.Length == 0 ? property.Name : $"{path}.{property.Name}", property.Value, keys);
            }
        }
    }
}
