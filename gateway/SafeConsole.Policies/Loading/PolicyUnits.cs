using System.Globalization;
using System.Text.RegularExpressions;

namespace SafeConsole.Policies.Loading;

/// <summary>The notations of the policy language: `1h30m`, `64MiB`, `100_000`.</summary>
internal static partial class PolicyUnits
{
    /// <summary>How durations are written, for messages.</summary>
    public const string DurationForm = "a duration such as 500ms, 5s, 15m or 1h30m";

    /// <summary>How sizes are written, for messages.</summary>
    public const string SizeForm = "a size such as 64KiB, 256MiB or 1GiB";

    /// <summary>How counts are written, for messages.</summary>
    public const string CountForm = "a whole number such as 10 or 100_000";

    /// <summary>How numbers of processors are written, for messages.</summary>
    public const string ProcessorsForm = "a number of processors such as 2, 1 or 0.5";

    /// <summary>A duration; null if the text is not one.</summary>
    public static TimeSpan? Duration(string text)
    {
        Match match = DurationPattern().Match(text);
        if (!match.Success || text.Length == 0)
        {
            return null;
        }

        return TimeSpan.FromHours(Part(match, "h")) + TimeSpan.FromMinutes(Part(match, "m")) + TimeSpan.FromSeconds(Part(match, "s")) + TimeSpan.FromMilliseconds(Part(match, "ms"));
    }

    /// <summary>A size in bytes; null if the text is not one.</summary>
    public static long? Size(string text)
    {
        Match match = SizePattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        int shift = match.Groups["unit"].Value switch
        {
            "KiB" => 10,
            "MiB" => 20,
            "GiB" => 30,
            _ => 0,
        };
        return long.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) << shift;
    }

    /// <summary>A count; null if the text is not one.</summary>
    public static long? Count(string text) =>
        CountPattern().IsMatch(text) ? long.Parse(text.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) : null;

    /// <summary>A number of processors; null if the text is not one.</summary>
    public static double? Processors(string text) => ProcessorsPattern().IsMatch(text) ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    /// <summary>A duration as it is written.</summary>
    public static string Show(TimeSpan duration)
    {
        (long value, string unit)[] parts = [((long)duration.TotalHours, "h"), (duration.Minutes, "m"), (duration.Seconds, "s"), (duration.Milliseconds, "ms")];
        return string.Concat(parts.Where(part => part.value > 0).Select(part => $"{part.value}{part.unit}"));
    }

    /// <summary>A size as it is written.</summary>
    public static string Show(long bytes) => bytes switch
    {
        >= 1L << 30 when bytes % (1L << 30) == 0 => $"{bytes >> 30}GiB",
        >= 1L << 20 when bytes % (1L << 20) == 0 => $"{bytes >> 20}MiB",
        _ when bytes % (1L << 10) == 0 => $"{bytes >> 10}KiB",
        _ => $"{bytes}B",
    };

    private static long Part(Match match, string unit) => match.Groups[unit] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^((?<h>[0-9]{1,6})h)?((?<m>[0-9]{1,6})m(?!s))?((?<s>[0-9]{1,6})s)?((?<ms>[0-9]{1,6})ms)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex DurationPattern();

    [GeneratedRegex("^(?<number>[0-9]{1,9})(?<unit>B|KiB|MiB|GiB)$", RegexOptions.ExplicitCapture)]
    private static partial Regex SizePattern();

    [GeneratedRegex("^[0-9]{1,3}(_?[0-9]{1,3}){0,5}$", RegexOptions.ExplicitCapture)]
    private static partial Regex CountPattern();

    [GeneratedRegex("^[0-9]{1,3}([.][0-9]{1,2})?$", RegexOptions.ExplicitCapture)]
    private static partial Regex ProcessorsPattern();
}
