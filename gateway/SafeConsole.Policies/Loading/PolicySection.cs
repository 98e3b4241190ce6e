using System.Collections.Frozen;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>
/// A mapping of the policy language, read from a target's file first and from default.yaml where the target does not have the key. Reports keys that
/// the language does not know.
/// </summary>
internal sealed class PolicySection
{
    private readonly string path;
    private readonly IReadOnlyList<PolicyLayer> layers;
    private readonly FrozenDictionary<string, string[]> keys;
    private readonly Mark place;
    private readonly bool partial;
    private readonly List<PolicyProblem> problems;

    /// <summary>Opens a section; the place is where a missing key is reported, unless the file may be partial.</summary>
    public PolicySection(string path, IReadOnlyList<PolicyLayer> layers, FrozenDictionary<string, string[]> keys, Mark place, bool partial, List<PolicyProblem> problems)
    {
        this.path = path;
        this.layers = layers;
        this.keys = keys;
        this.place = place;
        this.partial = partial;
        this.problems = problems;
        if (layers[0].Mapping is { } own)
        {
            ReportUnknownKeys(layers[0].File, own);
        }
    }

    /// <summary>The value of a key, in the target's file or else in default.yaml; null where neither has it.</summary>
    public PolicyValue? Find(string key)
    {
        foreach (PolicyLayer layer in layers)
        {
            if (Find(layer, key) is { } node)
            {
                return new PolicyValue(PathOf(key), layer.File, node, problems);
            }
        }

        return null;
    }

    /// <summary>The value of a key that must be there; null, with a problem noted, where it is not.</summary>
    public PolicyValue? Require(string key)
    {
        PolicyValue? value = Find(key);
        if (value is null && !partial)
        {
            bool inherited = layers.Count > 1 && PolicyKeys.Default.GetValueOrDefault(path)?.Contains(key) == true;
            string where = inherited ? ", here and in default.yaml" : "";
            problems.Add(new PolicyProblem(layers[0].File, (int)place.Line, (int)place.Column, $"`{PathOf(key)}` is missing{where}."));
        }

        return value;
    }

    /// <summary>A section within this one, empty where neither file has it.</summary>
    public PolicySection Section(string key)
    {
        List<PolicyLayer> inner = [];
        Mark innerPlace = place;
        foreach (PolicyLayer layer in layers)
        {
            YamlNode? node = Find(layer, key);
            if (node is not null and not YamlMappingNode)
            {
                new PolicyValue(PathOf(key), layer.File, node, problems).WrongKind("a mapping of keys to values");
            }

            inner.Add(new PolicyLayer(layer.File, node as YamlMappingNode));
            innerPlace = inner is [{ Mapping: { } own }] ? own.Start : innerPlace;
        }

        return new PolicySection(PathOf(key), inner, keys, innerPlace, partial, problems);
    }

    /// <summary>The mappings in a list, each as a section without defaults; an empty list is a problem.</summary>
    public IReadOnlyList<PolicySection> Sections(string key)
    {
        if (Require(key) is not { } value)
        {
            return [];
        }

        if (value.Node is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            value.WrongKind("a list with at least one item");
            return [];
        }

        List<PolicySection> sections = [];
        foreach (YamlNode item in list)
        {
            if (item is YamlMappingNode mapping)
            {
                sections.Add(new PolicySection(value.Path + "[]", [new PolicyLayer(value.File, mapping)], keys, mapping.Start, partial, problems));
            }
            else
            {
                new PolicyValue(value.Path + "[]", value.File, item, problems).WrongKind("a mapping of keys to values");
            }
        }

        return sections;
    }

    private static YamlNode? Find(PolicyLayer layer, string key) =>
        layer.Mapping?.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode name && name.Value == key).Value;

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private void ReportUnknownKeys(string file, YamlMappingNode mapping)
    {
        string[] known = keys[path];
        foreach (YamlNode node in mapping.Children.Keys)
        {
            string key = (node as YamlScalarNode)?.Value ?? "(not a text)";
            if (!known.Contains(key))
            {
                string meant = Suggestion.For(key, known);
                string allowed = meant.Length == 0 ? $"; known here are {string.Join(", ", known)}" : meant;
                problems.Add(new PolicyProblem(file, (int)node.Start.Line, (int)node.Start.Column, $"unknown key `{key}`{allowed}"));
            }
        }
    }
}
