using System.Collections.Immutable;
using YamlDotNet.RepresentationModel;

namespace SafeConsole.Policies.Loading;

/// <summary>
/// Reads a section's values as what they are to be. Where a value is missing or wrong a problem is noted and a stand-in returned, so that reading goes on
/// and finds the other problems; the result is thrown away then.
/// </summary>
internal static class PolicySectionReading
{
    /// <summary>A text that must be there and not be empty.</summary>
    public static string Text(this PolicySection section, string key) => section.Require(key) is { } value ? Scalar(value, "a text") ?? "" : "";

    /// <summary>A text that may be absent.</summary>
    public static string? OptionalText(this PolicySection section, string key) => section.Find(key) is { } value ? Scalar(value, "a text") : null;

    /// <summary>One of some words.</summary>
    public static string Choice(this PolicySection section, string key, params string[] words)
    {
        if (section.Require(key) is not { } value || Scalar(value, "one of " + string.Join(", ", words)) is not { } text)
        {
            return words[0];
        }

        if (!words.Contains(text))
        {
            value.Problem($"`{value.Path}` is `{text}`; allowed are {string.Join(", ", words)}{Suggestion.For(text, words)}");
        }

        return text;
    }

    /// <summary>A duration between bounds, both included.</summary>
    public static TimeSpan Duration(this PolicySection section, string key, TimeSpan least, TimeSpan most) =>
        Bounded(section, key, PolicyUnits.DurationForm, PolicyUnits.Duration, least, most, PolicyUnits.Show);

    /// <summary>A size in bytes between bounds, both included.</summary>
    public static long Size(this PolicySection section, string key, long least, long most) =>
        Bounded(section, key, PolicyUnits.SizeForm, PolicyUnits.Size, least, most, PolicyUnits.Show);

    /// <summary>A count between bounds, both included.</summary>
    public static long Count(this PolicySection section, string key, long least, long most) =>
        Bounded(section, key, PolicyUnits.CountForm, PolicyUnits.Count, least, most, number => number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A number of processors between bounds, both included; 0.5 is half a one.</summary>
    public static double Processors(this PolicySection section, string key, double least, double most) =>
        Bounded(section, key, PolicyUnits.ProcessorsForm, PolicyUnits.Processors, least, most, number => number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Notes what a rule has to say of a value that is there; returns how much that was.</summary>
    public static int Report(this PolicySection section, string key, Func<string, string?> rule)
    {
        PolicyValue? value = section.Find(key);
        string text = value?.Scalar ?? "";
        string? problem = value is null || (text.Length == 0 && value.Node is not YamlSequenceNode) ? null : rule(text);
        if (problem is not null)
        {
            value!.Problem(problem);
        }

        return problem is null ? 0 : 1;
    }

    /// <summary>A list of texts, each kept to a rule that gives the problem as a sentence or null; empty where absent.</summary>
    public static ImmutableArray<string> Texts(this PolicySection section, string key, Func<string, string?>? rule = null)
    {
        if (section.Find(key) is not { } value)
        {
            return [];
        }

        if (value.Node is not YamlSequenceNode list)
        {
            value.WrongKind("a list such as [a, b]");
            return [];
        }

        List<string> texts = [];
        foreach (YamlNode node in list)
        {
            PolicyValue item = value with { Path = value.Path + "[]", Node = node };
            string text = Scalar(item, "a text") ?? "";
            if (text.Length > 0 && rule?.Invoke(text) is { } problem)
            {
                item.Problem(problem);
            }

            texts.Add(text);
        }

        return [.. texts];
    }

    /// <summary>A mapping of names to texts; empty where absent.</summary>
    public static ImmutableSortedDictionary<string, string> Pairs(this PolicySection section, string key)
    {
        ImmutableSortedDictionary<string, string> none = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        if (section.Find(key) is not { } value)
        {
            return none;
        }

        if (value.Node is not YamlMappingNode mapping)
        {
            value.WrongKind("a mapping such as { NAME: value }");
            return none;
        }

        foreach ((YamlNode name, YamlNode node) in mapping.Children)
        {
            string pairName = (name as YamlScalarNode)?.Value ?? "";
            if (PolicyValidator.EnvironmentName(pairName) is { } problem)
            {
                (value with { Node = name }).Problem(problem);
            }

            // An empty value is a value here.
            if (node is YamlScalarNode scalar)
            {
                none = none.SetItem(pairName, scalar.Value ?? "");
            }
            else
            {
                (value with { Path = $"{value.Path}.{pairName}", Node = node }).WrongKind("a text");
            }
        }

        return none;
    }

    private static string? Scalar(PolicyValue value, string wanted)
    {
        if (value.Scalar is null)
        {
            value.WrongKind(wanted);
        }

        return value.Scalar;
    }

    private static T Bounded<T>(PolicySection section, string key, string form, Func<string, T?> read, T least, T most, Func<T, string> show)
        where T : struct, IComparable<T>
    {
        if (section.Require(key) is not { } value)
        {
            return least;
        }

        if (value.Scalar is not { } text || read(text) is not { } number)
        {
            value.WrongKind(form);
            return least;
        }

        if (number.CompareTo(least) < 0 || number.CompareTo(most) > 0)
        {
            value.Problem($"`{value.Path}` is {text}; it must be between {show(least)} and {show(most)}.");
        }

        return number;
    }
}
